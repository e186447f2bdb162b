package io.tidewatch.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreHoursTest {
  private static final long HOUR_MS = 3_600_000;

  @ParameterizedTest
  @CsvSource({"0, 0", "3599999, 0", "3600000, 3600000", "-1, -3600000", "-3600000, -3600000"})
  void anHourBeginsWhereTheOneBeforeItEnds(long timeMs, long startMs) {
    assertThat(ScoreHours.startOf(timeMs)).isEqualTo(startMs);
  }

  @Test
  void theDayIsTheCurrentHourAndTheTwentyFourBeforeIt() {
    long currentMs = 100 * HOUR_MS;
    assertThat(ScoreHours.isOfDay(currentMs, currentMs)).isTrue();
    assertThat(ScoreHours.isOfDay(76 * HOUR_MS, currentMs)).isTrue();
    assertThat(ScoreHours.isOfDay(75 * HOUR_MS, currentMs)).isFalse();
  }
}
