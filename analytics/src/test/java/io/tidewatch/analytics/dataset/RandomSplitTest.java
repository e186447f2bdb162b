package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.dataset.By;
import io.tidewatch.schemas.dataset.Part;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomSplitTest {
  private static final int WINDOWS = 20_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 0.5, 0.9})
  void putsTheShareOfTheWindowsIntoValidation(double share) {
    double fourDeviations = 4 * Math.sqrt(share * (1 - share) / WINDOWS);
    for (long seed : new long[] {0, 42, -1}) {
      assertThat(validationShare(new RandomSplit(seed, share, By.WINDOW)))
          .isCloseTo(share, within(fourDeviations));
    }
  }

  @Test
  void putsTheShareOfTheDevicesIntoValidation() {
    RandomSplit split = new RandomSplit(42, 0.2, By.DEVICE);
    long validation =
        IntStream.range(0, WINDOWS)
            .filter(i -> split.of("press-" + i, 0, 1) == Part.VALIDATION)
            .count();
    assertThat((double) validation / WINDOWS).isCloseTo(0.2, within(0.012));
  }

  @Test
  void keepsAllWindowsOfADeviceTogether() {
    RandomSplit split = new RandomSplit(42, 0.5, By.DEVICE);
    for (int device = 0; device < 100; device++) {
      String name = "press-" + device;
      assertThat(LongStream.range(0, 50).mapToObj(i -> split.of(name, i, i + 1)).distinct())
          .hasSize(1);
    }
  }

  @Test
  void anotherSeedOrDeviceIsAnotherChance() {
    RandomSplit split = new RandomSplit(1, 0.5, By.WINDOW);
    RandomSplit reseeded = new RandomSplit(2, 0.5, By.WINDOW);
    assertThat(agreement(split, "a", reseeded, "a")).isCloseTo(0.5, within(0.02));
    assertThat(agreement(split, "a", split, "b")).isCloseTo(0.5, within(0.02));
    assertThat(agreement(split, "a", split, "a")).isEqualTo(1);
  }

  /** A larger share takes more windows, and leaves those that it had. */
  @Test
  void aLargerShareKeepsWhatWasInValidation() {
    RandomSplit small = new RandomSplit(7, 0.1, By.WINDOW);
    RandomSplit large = new RandomSplit(7, 0.3, By.WINDOW);
    for (long start = 0; start < 1_000; start++) {
      if (small.of("d", start, start + 1) == Part.VALIDATION) {
        assertThat(large.of("d", start, start + 1)).isEqualTo(Part.VALIDATION);
      }
    }
  }

  /**
   * Kept from the first release on: from Python's {@code hashlib.sha256(struct.pack('>qq', seed,
   * start) + device.encode())}, the first 53 bits of the digest over 2^53.
   */
  @ParameterizedTest
  @CsvSource({
    "42,web-1,1700000000000,WINDOW,0.9033657925475327",
    "42,web-1,1700000000000,DEVICE,0.15655690766582886",
    "-1,Schweißer-ü,-5,WINDOW,0.44222471453241496",
    "0,'',0,WINDOW,0.2159276604574586"
  })
  void neverMovesAWindowToTheOtherSide(
      long seed, String device, long startMs, By by, double chance) {
    assertThat(new RandomSplit(seed, chance, by).of(device, startMs, startMs + 1))
        .isEqualTo(Part.TRAIN);
    assertThat(new RandomSplit(seed, Math.nextUp(chance), by).of(device, startMs, startMs + 1))
        .isEqualTo(Part.VALIDATION);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void refusesAShareOfNothingOrAll(double share) {
    assertThatThrownBy(() -> new RandomSplit(1, share, By.WINDOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("val_split: must be > 0 and < 1, was " + share);
  }

  private static double validationShare(RandomSplit split) {
    return LongStream.range(0, WINDOWS)
            .filter(i -> split.of("d", i * 5_000, i * 5_000 + 60_000) == Part.VALIDATION)
            .count()
        / (double) WINDOWS;
  }

  private static double agreement(RandomSplit a, String ofA, RandomSplit b, String ofB) {
    return LongStream.range(0, WINDOWS)
            .filter(i -> a.of(ofA, i, i + 1) == b.of(ofB, i, i + 1))
            .count()
        / (double) WINDOWS;
  }
}
