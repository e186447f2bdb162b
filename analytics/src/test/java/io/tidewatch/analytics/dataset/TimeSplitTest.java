package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.dataset.Part;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSplitTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "0,1000,TRAIN",
        "900,1000,TRAIN",
        "901,1001,none",
        "1000,1100,none",
        "1499,1599,none",
        "1500,1600,VALIDATION",
        "0,9000,none"
      })
  void trainEndsAtTheBoundaryAndValidationStartsBehindTheEmbargo(
      long startMs, long endMs, Part part) {
    assertThat(new TimeSplit(1_000, 500).of("d", startMs, endMs)).isEqualTo(part);
  }

  @Test
  void withoutEmbargoOnlyWindowsAcrossTheBoundaryAreInNeitherPart() {
    TimeSplit split = new TimeSplit(1_000, 0);
    assertThat(split.of("d", 900, 1_000)).isEqualTo(Part.TRAIN);
    assertThat(split.of("d", 999, 1_001)).isNull();
    assertThat(split.of("d", 1_000, 1_100)).isEqualTo(Part.VALIDATION);
  }

  @Test
  void splitsTimesBeforeTheEpochToo() {
    TimeSplit split = new TimeSplit(-1_000, 500);
    assertThat(split.of("d", -2_000, -1_000)).isEqualTo(Part.TRAIN);
    assertThat(split.of("d", -501, -400)).isNull();
    assertThat(split.of("d", -500, -400)).isEqualTo(Part.VALIDATION);
  }

  @ParameterizedTest
  @CsvSource({
    "10,0.2,8",
    "10,0.25,7",
    "100,0.07,93",
    "100,0.29,71",
    "2,0.5,1",
    "3,0.01,2",
    "7,0.3,4"
  })
  void leavesTheShareOfTheWindowsBehindTheBoundary(int windows, double share, long boundary) {
    long[] ends = LongStream.rangeClosed(1, windows).toArray();
    assertThat(TimeSplit.boundary(ends, share)).isEqualTo(boundary);
  }

  @Test
  void findsTheSameBoundaryInWhateverOrderWindowsComeAndLeavesThemAlone() {
    long[] ends = {50, 10, 40, 20, 30};
    assertThat(TimeSplit.boundary(ends, 0.4)).isEqualTo(30);
    assertThat(ends).containsExactly(50, 10, 40, 20, 30);
  }

  @Test
  void keepsWindowsThatEndTogetherOnOneSide() {
    assertThat(TimeSplit.boundary(new long[] {10, 20, 20, 20, 30}, 0.4)).isEqualTo(10);
    assertThat(TimeSplit.boundary(new long[] {10, 20, 20, 20, 30}, 0.2)).isEqualTo(20);
  }

  @Test
  void theBoundaryIsTheLatestThatLeavesEnoughOfRandomWindows() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      long[] ends = random.longs(2 + random.nextInt(30), 0, 20).toArray();
      double share = (1 + random.nextInt(98)) / 100.0;
      long latest = Long.MIN_VALUE;
      for (long end : ends) {
        long behind = Arrays.stream(ends).filter(e -> e > end).count();
        // in hundredths, where the share is whole
        if (behind * 100 >= Math.round(share * 100) * ends.length) {
          latest = Math.max(latest, end);
        }
      }
      if (latest == Long.MIN_VALUE) {
        assertThatThrownBy(() -> TimeSplit.boundary(ends, share))
            .hasMessageStartingWith("val_split: must leave windows that end before ");
      } else {
        assertThat(TimeSplit.boundary(ends, share)).as("seed %d", seed).isEqualTo(latest);
      }
    }
  }

  @Test
  void refusesAShareThatLeavesNothingForTrain() {
    assertThatThrownBy(() -> TimeSplit.boundary(new long[] {60_000, 60_000, 120_000}, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "val_split: must leave windows that end before 1970-01-01T00:01:00Z for train, was 0.5"
                + " of 3 windows");
    assertThatThrownBy(() -> TimeSplit.boundary(new long[] {60_000}, 0.5))
        .hasMessageEndingWith("was 0.5 of 1 windows");
    assertThatThrownBy(() -> TimeSplit.boundary(new long[0], 0.5))
        .hasMessage("windows: must be at least one, was none");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void refusesAShareOfNothingOrAll(double share) {
    assertThatThrownBy(() -> TimeSplit.boundary(new long[] {1, 2}, share))
        .hasMessage("val_split: must be > 0 and < 1, was " + share);
  }

  @Test
  void refusesAnEmbargoBackwardsOrBeyondTime() {
    assertThatThrownBy(() -> new TimeSplit(0, -1))
        .hasMessage("embargo: must be ≥ 0 ms and end within the range of time, was -1");
    assertThatThrownBy(() -> new TimeSplit(10, Long.MAX_VALUE - 9))
        .hasMessageStartingWith("embargo: must be ≥ 0 ms");
    assertThat(new TimeSplit(10, Long.MAX_VALUE - 10).of("d", 11, 12)).isNull();
  }
}
