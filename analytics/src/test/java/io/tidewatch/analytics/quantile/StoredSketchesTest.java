package io.tidewatch.analytics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredSketchesTest {
  private static final String MAPPING = "0ec2f1e7e9ed51f03f0000000000000000";

  @ParameterizedTest
  @EnumSource
  void theLibraryReadsAllBinsAndSoDoWe(QuantileSketchTest.Durations durations) throws IOException {
    Random random = new Random(4);
    for (int count : new int[] {0, 1, 2, 128, 129, 2_000}) {
      QuantileSketch sketch = sketch(durations.sorted(random, count));
      byte[] bytes = StoredSketches.encode(sketch);

      DDSketch library = library(bytes);
      assertThat(LibrarySketches.toLibrary(sketch).getIndexMapping())
          .isEqualTo(library.getIndexMapping());
      assertThat(library.getCount()).isEqualTo(count);
      QuantileSketch back = LibrarySketches.fromLibrary(library);
      back.greatest(sketch.count() == 0 ? 0 : sketch.max());
      assertThat(back.toBytes()).as("by way of the library").isEqualTo(sketch.toBytes());
      assertThat(StoredSketches.decode(bytes).toBytes()).isEqualTo(sketch.toBytes());
    }
  }

  @Test
  void countsOfEachLengthAreTheLibrarys() throws IOException {
    for (long count = 1; count < 1L << 53; count = count * 3 / 2 + 1) {
      Bins bins = new Bins();
      bins.add(700, count);
      QuantileSketch sketch = new QuantileSketch(bins, (1L << 53) - count, CubicMapping.value(700));
      byte[] bytes = StoredSketches.encode(sketch);
      assertThat(library(bytes).getCount()).isEqualTo((double) (1L << 53));
      assertThat(StoredSketches.decode(bytes).toBytes()).isEqualTo(sketch.toBytes());
    }
  }

  @Test
  void severalOneBehindTheOtherAreTheSketchOfAllValues() throws IOException {
    Random random = new Random(8);
    QuantileSketch all = new QuantileSketch();
    List<byte[]> rows = new ArrayList<>();
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int row = 0; row < 60; row++) {
      QuantileSketch sketch = new QuantileSketch();
      for (int i = random.nextInt(200); i >= 0; i--) {
        double value = random.nextInt(50) == 0 ? 0 : Math.exp(3 + random.nextGaussian());
        sketch.add(value);
        all.add(value);
      }
      rows.add(StoredSketches.encode(sketch));
      joined.writeBytes(StoredSketches.encode(sketch));
    }
    assertThat(StoredSketches.merge(rows).toBytes()).isEqualTo(all.toBytes());
    assertThat(StoredSketches.decode(joined.toByteArray()).toBytes()).isEqualTo(all.toBytes());
    assertThat(library(joined.toByteArray()).getCount()).isEqualTo((double) all.count());
    assertThat(StoredSketches.merge(List.of()).count()).isZero();
  }

  @Test
  void refusesWhatDoesNotTellItsGreatestValue() throws IOException {
    DDSketch library = LibrarySketches.toLibrary(sketch(1, 5, 5, 5000));
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    library.encode(out, false);
    assertThatThrownBy(() -> StoredSketches.decode(out.trimmedCopy()))
        .hasMessageContaining("max 0.0 does not fit");
  }

  @Test
  void fewBytesTellOfFewRequests() {
    assertThat(HexFormat.of().formatHex(StoredSketches.encode(new QuantileSketch())))
        .isEqualTo(MAPPING);
    assertThat(HexFormat.of().formatHex(StoredSketches.encode(sketch(0, 1, 1))))
        .isEqualTo(MAPPING + "8c000000000000f03f" + "0402" + "05010003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "05010002",
        "0e",
        "0ec2f1e7e9ed51f03e0000000000000000",
        "0ec2f1e7e9ed51f03f000000000000f03f",
        MAPPING + "ff",
        MAPPING + "07010002",
        MAPPING + "8c0000",
        MAPPING + "8c000000000000f03f" + "050100",
        MAPPING + "8c000000000000f03f" + "05010000",
        MAPPING + "8c000000000000f03f" + "05018001",
        MAPPING + "8c000000000000f03f" + "05ffffffffffffffff7f",
        MAPPING + "8c000000000000f03f" + "05ffffffffffffffffff01",
        MAPPING + "8c000000000000f03f" + "0501ffff7f02",
        MAPPING + "8c000000000000f07f" + "05010002",
        MAPPING + "8c000000000000f03f" + "0401" + "05010002",
        MAPPING + "8c000000000000f03f" + "04ffffffffffffffffff",
      })
  void refusesWhatItDidNotWrite(String hex) {
    assertThatThrownBy(() -> StoredSketches.decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(stored|quantile) sketch: .*");
  }

  @Test
  void refusesMoreValuesThanALongCounts() {
    String most = MAPPING + "8c000000000000f03f" + "0501" + "00" + "fc" + "00";
    assertThatThrownBy(
            () -> StoredSketches.decode(HexFormat.of().parseHex(most + most.repeat(2000))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void damagedBytesAreRefusedOrASketch() {
    Random random = new Random(6);
    byte[] whole = StoredSketches.encode(sketch(0, 1, 2, 2, 3, 1e9));
    for (int i = 0; i < 10_000; i++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int change = random.nextInt(3); change >= 0 && damaged.length > 0; change--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(StoredSketches.decode(damaged).count()).isNotNegative();
      } catch (IOException refused) {
        assertThat(refused).hasMessageContaining("sketch: ");
      }
    }
  }

  @Test
  void refusesASketchOfAnotherMapping() throws IOException {
    DDSketch other = DDSketches.logarithmicUnboundedDense(0.01);
    other.accept(1);
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    other.encode(out, false);
    assertThatThrownBy(() -> StoredSketches.decode(out.trimmedCopy()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unknown flag");
  }

  private static QuantileSketch sketch(double... values) {
    QuantileSketch sketch = new QuantileSketch();
    for (double value : values) {
      sketch.add(value);
    }
    return sketch;
  }

  private static DDSketch library(byte[] bytes) throws IOException {
    return DDSketch.decode(ByteArrayInput.wrap(bytes), UnboundedSizeDenseStore::new);
  }
}
