package io.tidewatch.analytics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileSketchTest {
  private static final double[] QS = {0, 0.001, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};

  /** α, and the rounding of the doubles themselves. */
  private static final double ALPHA = 0.01 * (1 + 1e-9);

  /** Distributions of durations in milliseconds. */
  enum Durations {
    UNIFORM,
    LOGNORMAL,
    BIMODAL,
    HEAVY_TAIL,
    CONSTANT,
    ZEROS,
    SOME_ZEROS,
    MICROSECONDS_TO_A_DAY;

    double next(Random random) {
      return switch (this) {
        case UNIFORM -> random.nextDouble() * 500;
        case LOGNORMAL -> Math.exp(3 + 1.2 * random.nextGaussian());
        case BIMODAL ->
            random.nextInt(10) < 8
                ? 5 + Math.abs(random.nextGaussian())
                : 900 + 50 * random.nextGaussian();
        case HEAVY_TAIL -> Math.min(1e11, Math.pow(1 - random.nextDouble(), -2));
        case CONSTANT -> 12.34;
        case ZEROS -> 0;
        case SOME_ZEROS -> random.nextInt(3) == 0 ? 0 : random.nextDouble() * 10;
        case MICROSECONDS_TO_A_DAY -> 1e-3 * Math.pow(8.64e10, random.nextDouble());
      };
    }

    double[] sorted(Random random, int count) {
      return random.doubles(count).map(ignored -> next(random)).sorted().toArray();
    }
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinOnePercentOfTheSortedArray(Durations durations) {
    Random random = new Random(42);
    for (int count : new int[] {1, 2, 3, 10, 99, 100, 101, 20_000}) {
      double[] sorted = durations.sorted(random, count);
      QuantileSketch sketch = sketchOf(sorted);
      assertThat(sketch.count()).isEqualTo(count);
      assertThat(sketch.max()).isEqualTo(sorted[count - 1]);
      assertThat(sketch.quantile(1)).isEqualTo(sorted[count - 1]);
      for (double q : QS) {
        double exact = sorted[(int) Math.floor(q * (count - 1))];
        assertThat(Math.abs(sketch.quantile(q) - exact))
            .as("%s n=%d q=%s: %s, exact %s", durations, count, q, sketch.quantile(q), exact)
            .isLessThanOrEqualTo(ALPHA * exact);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMergeIsTheSketchOfAllValues(Durations durations) {
    Random random = new Random(7);
    double[] values = durations.sorted(random, 5000);
    QuantileSketch[] panes = new QuantileSketch[13];
    Arrays.setAll(panes, i -> new QuantileSketch());
    for (double value : values) {
      panes[random.nextInt(panes.length)].add(value);
    }
    QuantileSketch merged = new QuantileSketch();
    for (QuantileSketch pane : panes) {
      merged.merge(pane);
    }
    QuantileSketch single = sketchOf(values);
    assertThat(merged.count()).isEqualTo(single.count());
    assertThat(merged.max()).isEqualTo(single.max());
    for (double q : QS) {
      assertThat(merged.quantile(q)).isEqualTo(single.quantile(q));
    }
  }

  @ParameterizedTest
  @EnumSource
  void subtractingWhatWasAddedGivesTheSketchWithoutIt(Durations durations) {
    Random random = new Random(8);
    for (int count : new int[] {1, 10, 40, 2_000}) {
      double[] kept = durations.sorted(random, count);
      QuantileSketch without = sketchOf(kept);
      QuantileSketch sketch = sketchOf(kept);
      for (int size : new int[] {0, 1, 127, 128, 129, 700}) {
        QuantileSketch part = sketchOf(durations.sorted(random, size));
        sketch.merge(part);
        sketch.subtract(part, without.max());
        assertThat(sketch).hasToString(without.toString());
        assertThat(sketch.toBytes()).isEqualTo(without.toBytes());
        assertThat(sketch.quantiles(QS)).containsExactly(without.quantiles(QS));
      }
      sketch.subtract(without, 0);
      assertThat(sketch).hasToString(new QuantileSketch().toString());
      assertThat(sketch.toBytes()).isEqualTo(new QuantileSketch().toBytes());
    }
  }

  @Test
  void refusesToSubtractWhatWasNotAdded() {
    QuantileSketch few = sketchOf(1, 2, 3);
    assertThatThrownBy(() -> few.subtract(sketchOf(1, 2, 3, 4), 1))
        .hasMessage("part: must be of at most 3 values, was of 4");
    assertThatThrownBy(() -> few.subtract(sketchOf(0), 1)).hasMessageContaining("at most 3");
    assertThatThrownBy(() -> few.subtract(sketchOf(5), 1)).hasMessageContaining("not: 1 values");
    QuantileSketch many = sketchOf(new Random(1).doubles(100).toArray());
    assertThatThrownBy(() -> many.subtract(sketchOf(5), 1)).hasMessageContaining("not: 1 values");
  }

  @Test
  void countsFurtherThanAnIntDoes() throws IOException {
    QuantileSketch sketch = sketchOf(1, 1, 0);
    QuantileSketch once = sketchOf(3, 500);
    for (int i = 0; i < 40; i++) {
      sketch.merge(sketch.copy());
    }
    sketch.merge(once);
    sketch.add(400);
    sketch.add(1e9);
    assertThat(sketch.count()).isEqualTo((3L << 40) + 4);
    assertThat(sketch.quantile(0.5)).isCloseTo(1, within(0.01));
    assertThat(sketch.quantile(0.999_999_999_999_9)).isCloseTo(500, within(5));
    QuantileSketch read = QuantileSketch.fromBytes(sketch.toBytes());
    assertThat(read).hasToString(sketch.toString());
    assertThat(read.toBytes()).isEqualTo(sketch.toBytes());
    QuantileSketch merged = sketchOf(2);
    merged.merge(read);
    merged.subtract(read, 2);
    assertThat(merged).hasToString(sketchOf(2).toString());
    sketch.subtract(sketchOf(400, 1e9), 500);
    assertThat(sketch.quantile(1)).isEqualTo(500);
  }

  @Test
  void countsUpToTheLargestIntAndBeyond() throws IOException {
    QuantileSketch sketch = new QuantileSketch();
    for (int power = 0; power < 31; power++) {
      QuantileSketch more = sketchOf(7);
      for (int i = 0; i < power; i++) {
        more.merge(more.copy());
      }
      sketch.merge(more);
    }
    assertThat(sketch.count()).isEqualTo(Integer.MAX_VALUE);
    for (long more = 1; more <= 3; more++) {
      sketch.add(7);
      assertThat(sketch.count()).isEqualTo(Integer.MAX_VALUE + more);
      assertThat(sketch.quantile(0.5)).isCloseTo(7, within(0.07));
      assertThat(QuantileSketch.fromBytes(sketch.toBytes())).hasToString(sketch.toString());
    }
  }

  @Test
  void tellsSeveralQuantilesAtOnceAsOneByOne() {
    Random random = new Random(6);
    for (int count : new int[] {0, 1, 5, 33, 1_000}) {
      QuantileSketch sketch = sketchOf(Durations.SOME_ZEROS.sorted(random, count));
      double[] quantiles = sketch.quantiles(QS);
      for (int i = 0; i < QS.length; i++) {
        assertThat(quantiles[i]).isEqualTo(Double.valueOf(sketch.quantile(QS[i])));
      }
    }
    assertThatThrownBy(() -> sketchOf(1).quantiles(0.5, 0.4))
        .hasMessage("q: must be ≥ the one before, 0.5, was 0.4");
  }

  @Test
  void fewValuesTakeFewBytes() {
    Random random = new Random(4);
    for (int count : new int[] {10, 100}) {
      QuantileSketch sketch = sketchOf(Durations.LOGNORMAL.sorted(random, count));
      assertThat(sketch.toBytes()).hasSizeLessThan(11 + 3 * count / 2);
    }
  }

  @Test
  void mergesWithItself() {
    QuantileSketch sketch = sketchOf(1, 10, 100);
    sketch.merge(sketch);
    assertThat(sketch.count()).isEqualTo(6);
    assertThat(sketch.quantile(0.5)).isCloseTo(10, within(0.1));
  }

  @Test
  void anEmptySketchHasNoQuantiles() {
    QuantileSketch empty = new QuantileSketch();
    assertThat(empty.count()).isZero();
    assertThat(empty.max()).isNaN();
    assertThat(empty.quantile(0.5)).isNaN();
    empty.merge(new QuantileSketch());
    assertThat(empty).hasToString("QuantileSketch[n=0 p50=NaN p99=NaN max=NaN]");
  }

  @Test
  void oneAbsurdValueDoesNotSpoilTheOthers() {
    QuantileSketch sketch = sketchOf(1, 2, 3, 4, Double.MAX_VALUE, Double.MIN_VALUE);
    assertThat(sketch.max()).isEqualTo(Double.MAX_VALUE);
    assertThat(sketch.quantile(0)).isZero();
    assertThat(sketch.quantile(0.2)).isCloseTo(1, within(0.01));
    assertThat(sketch.quantile(0.8)).isCloseTo(4, within(0.04));
    QuantileSketch two = sketchOf(1, 1e200, 1e300);
    assertThat(two.quantile(0.5)).isBetween(0.99e11, 1.01e11);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1e-300, -1, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoDuration(double value) {
    QuantileSketch sketch = sketchOf(5);
    assertThatThrownBy(() -> sketch.add(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value: must be finite and ≥ 0, was " + value);
    assertThat(sketch.count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.1, 1.1})
  void refusesWhatIsNoQuantile(double q) {
    assertThatThrownBy(() -> sketchOf(5).quantile(q)).hasMessage("q: must be 0 to 1, was " + q);
  }

  @ParameterizedTest
  @EnumSource
  void readsBackWhatItWrote(Durations durations) throws IOException {
    Random random = new Random(3);
    for (int count : new int[] {0, 1, 2, 300, 20_000}) {
      QuantileSketch sketch = sketchOf(durations.sorted(random, count));
      QuantileSketch read = QuantileSketch.fromBytes(sketch.toBytes());
      assertThat(read.count()).isEqualTo(count);
      assertThat(read).hasToString(sketch.toString());
      assertThat(read.toBytes()).isEqualTo(sketch.toBytes());
      read.merge(sketch);
      assertThat(read.count()).isEqualTo(2L * count);
    }
  }

  @Test
  void aSketchOfTheWholeRangeStaysSmall() {
    QuantileSketch sketch = new QuantileSketch();
    for (double value = 1e-6; value <= 1e11; value *= 1.005) {
      sketch.add(value);
    }
    double exact = 1e-6 * Math.pow(1.005, 1);
    assertThat(sketch.quantile(0)).as("not collapsed").isCloseTo(exact, within(0.02 * exact));
    assertThat(sketch.toBytes()).hasSizeLessThan(8_000);
  }

  @Test
  void copiesAreIndependent() {
    QuantileSketch sketch = sketchOf(1, 2, 3);
    QuantileSketch copy = sketch.copy();
    copy.add(1000);
    assertThat(sketch.count()).isEqualTo(3);
    assertThat(sketch.max()).isEqualTo(3);
    assertThat(copy.quantile(1)).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void refusesTruncatedBytes(int version) {
    byte[] bytes = bytes(version, sketchOf(0, 1, 10, 10, 500, 1e6));
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> QuantileSketch.fromBytes(truncated))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("quantile sketch:");
    }
  }

  @Test
  void refusesBytesThatContradictThemselves() {
    assertRefused(1, bytes -> bytes.put(0, (byte) 9), "version must be 1 or 2, was 9");
    assertRefused(1, bytes -> bytes.putLong(1, 4), "must hold 4 values");
    assertRefused(1, bytes -> bytes.putLong(1, -3), "must hold -3 values");
    assertRefused(1, bytes -> bytes.putDouble(9, 2), "max 2.0 does not fit");
    assertRefused(1, bytes -> bytes.putDouble(9, Double.NaN), "max NaN does not fit");
    assertRefused(1, bytes -> bytes.putDouble(9, Double.POSITIVE_INFINITY), "does not fit");
    assertRefused(1, bytes -> bytes.put(17, (byte) 0xFF), "quantile sketch");
  }

  @Test
  void refusesBytesOfVersion2ThatContradictThemselves() {
    // Version, zeros, bins; the two bytes of a bin far off, one of the next, two of the last; max.
    assertThat(bytes(2, sketchOf(1, 2, 500))).hasSize(3 + 2 + 2 + 2 + Double.BYTES);
    assertRefused(2, bytes -> bytes.put(0, (byte) 9), "version must be 1 or 2, was 9");
    assertRefused(2, bytes -> bytes.put(2, (byte) 2), "does not fit");
    assertRefused(2, bytes -> bytes.put(2, (byte) 0), "must end there");
    assertRefused(2, bytes -> bytes.putShort(3, (short) 0xFF7F), "not a bin: slot 4095, count 3");
    assertRefused(2, bytes -> bytes.putDouble(9, 2), "max 2.0 does not fit");
    assertRefused(2, bytes -> bytes.putDouble(9, Double.NaN), "max NaN does not fit");
    assertRefused(2, bytes -> bytes.putDouble(9, Double.POSITIVE_INFINITY), "does not fit");
    assertThatThrownBy(() -> QuantileSketch.fromBytes(new byte[] {2, 0, 0, 7}))
        .hasMessage("quantile sketch: must end there, had 1 bytes more");
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0xFF);
    endless[0] = 2;
    assertThatThrownBy(() -> QuantileSketch.fromBytes(endless))
        .hasMessage("number: must end within ten bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void answersDamagedBytesWithAnIoExceptionOrASketchNeverOtherwise(int version) {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = bytes(version, sketchOf(0, 1, 10, 10, 500, 1e6));
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        QuantileSketch read = QuantileSketch.fromBytes(bytes);
        assertThat(read.quantile(0.5)).isBetween(0.0, read.max());
      } catch (IOException refused) {
        assertThat(refused).hasMessageStartingWith("quantile sketch:");
      }
    }
  }

  /** Bytes as each version wrote them; version 1 with the library that wrote it. */
  private static byte[] bytes(int version, QuantileSketch sketch) {
    if (version == 2) {
      return sketch.toBytes();
    }
    GrowingByteArrayOutput bins = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      LibrarySketches.toLibrary(sketch).encode(bins, true);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return ByteBuffer.allocate(17 + bins.numWrittenBytes())
        .put((byte) 1)
        .putLong(sketch.count())
        .putDouble(sketch.max())
        .put(bins.backingArray(), 0, bins.numWrittenBytes())
        .array();
  }

  private interface Damage {
    void to(ByteBuffer bytes);
  }

  private static void assertRefused(int version, Damage damage, String message) {
    byte[] bytes = bytes(version, sketchOf(1, 2, 500));
    damage.to(ByteBuffer.wrap(bytes));
    assertThatThrownBy(() -> QuantileSketch.fromBytes(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static QuantileSketch sketchOf(double... values) {
    QuantileSketch sketch = new QuantileSketch();
    for (double value : values) {
      sketch.add(value);
    }
    return sketch;
  }

  private static Offset<Double> within(double offset) {
    return Offset.offset(offset);
  }
}
