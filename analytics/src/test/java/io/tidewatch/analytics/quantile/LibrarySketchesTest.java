package io.tidewatch.analytics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LibrarySketchesTest {
  private static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(0.01);

  /** Rounding of the inverse of a cubic polynomial. */
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-10);

  @Test
  void binsAreTheLibrarysToTheLastBitOfTheirBorders() {
    for (int slot = 1; slot < CubicMapping.SLOTS; slot++) {
      int index = slot + CubicMapping.FIRST_INDEX;
      long border = Double.doubleToRawLongBits(MAPPING.lowerBound(index));
      for (int ulps = -40; ulps <= 40; ulps++) {
        double value = Double.longBitsToDouble(border + ulps);
        assertThat(CubicMapping.slot(value) + CubicMapping.FIRST_INDEX)
            .isEqualTo(MAPPING.index(value));
      }
      assertThat(CubicMapping.value(slot)).isCloseTo(MAPPING.value(index), ROUNDING);
    }
    Random random = new Random(5);
    for (int i = 0; i < 1_000_000; i++) {
      double value = 1e-6 * Math.pow(1e17, random.nextDouble());
      assertThat(CubicMapping.slot(value) + CubicMapping.FIRST_INDEX == MAPPING.index(value))
          .isTrue();
    }
  }

  @Test
  void oneValueStandsForAllOfItsBinWithinOnePercent() {
    for (double value = 1e-6; value < 1e11; value *= 1.0001) {
      double estimate = CubicMapping.value(CubicMapping.slot(value));
      assertThat(Math.abs(estimate - value) <= 0.01 * value * (1 + 1e-9)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLibraryReadsWhatWeWriteAndWeReadWhatItWrites(QuantileSketchTest.Durations durations)
      throws IOException {
    Random random = new Random(9);
    for (int count : new int[] {1, 2, 127, 128, 129, 100, 5_000}) {
      QuantileSketch ours = new QuantileSketch();
      DDSketch theirs = new DDSketch(MAPPING, () -> new CollapsingLowestDenseStore(2048));
      for (double value : durations.sorted(random, count)) {
        ours.add(value);
        theirs.accept(value < QuantileSketch.LEAST_TRACKED ? 0 : value);
      }
      DDSketch oursRead = overTheWire(LibrarySketches.toLibrary(ours));
      QuantileSketch theirsRead = LibrarySketches.fromLibrary(overTheWire(theirs));
      assertThat(oursRead.getCount()).isEqualTo(count);
      assertThat(theirsRead.count()).isEqualTo(count);
      for (double q = 0; q < 1; q += 1.0 / 128) {
        double exact = theirs.getValueAtQuantile(q);
        assertThat(oursRead.getValueAtQuantile(q)).isEqualTo(exact);
        assertThat(theirsRead.quantile(q)).isCloseTo(exact, ROUNDING);
        assertThat(ours.quantile(q)).isCloseTo(Math.min(exact, ours.max()), ROUNDING);
      }
      assertThat(QuantileSketch.fromBytes(theirsRead.toBytes()).toBytes())
          .as("what came from the library can be written and read")
          .isEqualTo(theirsRead.toBytes());
    }
  }

  @Test
  void anEmptySketchStaysEmpty() throws IOException {
    DDSketch library = overTheWire(LibrarySketches.toLibrary(new QuantileSketch()));
    assertThat(library.isEmpty()).isTrue();
    assertThat(LibrarySketches.fromLibrary(library).count()).isZero();
  }

  @Test
  void theEndsOfTheTrackedRangeSurvive() throws IOException {
    QuantileSketch sketch = new QuantileSketch();
    sketch.add(QuantileSketch.LEAST_TRACKED);
    sketch.add(Double.MAX_VALUE);
    QuantileSketch back = LibrarySketches.fromLibrary(LibrarySketches.toLibrary(sketch));
    assertThat(back.count()).isEqualTo(2);
    assertThat(back.max()).isEqualTo(1e11, org.assertj.core.data.Offset.offset(1e9));
    assertThat(back.quantile(0)).isEqualTo(sketch.quantile(0));
  }

  @Test
  void refusesWhatHasNoPlaceInOurs() {
    assertRefused(DDSketches.logarithmicUnboundedDense(0.01), "mapping must be");
    assertRefused(cubic(-5, 1), "whole values ≥ 0");
    assertRefused(cubic(5, 0.5), "whole values ≥ 0");
    DDSketch halves = cubic(5, 0.5);
    halves.accept(9, 0.5);
    assertRefused(halves, "not a bin");
    assertRefused(cubic(1e12, 1), "not a bin");
  }

  private static void assertRefused(DDSketch library, String message) {
    assertThatThrownBy(() -> LibrarySketches.fromLibrary(library))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static DDSketch cubic(double value, double count) {
    DDSketch sketch = new DDSketch(MAPPING, UnboundedSizeDenseStore::new);
    sketch.accept(value, count);
    return sketch;
  }

  private static DDSketch overTheWire(DDSketch sketch) throws IOException {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    sketch.encode(out, false);
    return DDSketch.decode(
        ByteArrayInput.wrap(out.backingArray(), 0, out.numWrittenBytes()),
        UnboundedSizeDenseStore::new);
  }
}
