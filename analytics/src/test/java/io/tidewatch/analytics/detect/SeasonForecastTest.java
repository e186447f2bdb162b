package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeasonForecastTest {
  private static final int DAY = 48;

  private final SeasonRows season = new SeasonRows(DAY);
  private final SeasonForecast forecast = new SeasonForecast();

  private double next(double value) {
    double expected = forecast.forecast(season);
    forecast.learn(value, DAY);
    season.add(value);
    return expected;
  }

  private static double ofDay(int row) {
    return 10 * Math.sin(2 * Math.PI * row / DAY);
  }

  @Test
  void forecastsTheDayItHasLearnt() {
    assertThat(next(ofDay(0))).isNaN();
    assertThat(forecast.error()).isNaN();
    Random random = new Random(1);
    for (int row = 1; row < 40 * DAY; row++) {
      double expected = next(ofDay(row) + random.nextGaussian() / 10);
      if (row > 4 * DAY) {
        assertThat(expected).isCloseTo(ofDay(row), within(0.6));
      }
    }
    assertThat(forecast.error()).isBetween(0.05, 0.2);
  }

  @Test
  void doesNotEchoAnAnomalyOfADayBefore() {
    for (int row = 0; row < 6 * DAY; row++) {
      next(ofDay(row));
    }
    next(1_000);
    for (int row = 6 * DAY + 1; row < 7 * DAY; row++) {
      next(ofDay(row));
    }
    assertThat(next(ofDay(0))).isCloseTo(ofDay(0), within(1.0));
  }

  @Test
  void dropsASeasonThatHasEnded() {
    for (int row = 0; row < 6 * DAY; row++) {
      next(ofDay(row));
    }
    for (int row = 0; row < 6 * DAY; row++) {
      next(3);
    }
    assertThat(next(3)).isCloseTo(3, within(0.2));
  }

  @Test
  void learnsAWeekWhereWeekendsDiffer() {
    double off = 0;
    for (int row = 0; row < 28 * DAY; row++) {
      double value = row / DAY % 7 < 5 ? 20 + ofDay(row) : 0;
      double expected = next(value);
      if (row >= 21 * DAY) {
        off += Math.abs(value - expected) / (7 * DAY);
      }
    }
    assertThat(off).isLessThan(1);
  }

  @Test
  void withoutADayTheLevelIsExpected() {
    SeasonForecast level = new SeasonForecast();
    SeasonRows none = new SeasonRows(0);
    for (int row = 0; row < 500; row++) {
      none.add(row % 2);
      level.forecast(none);
      level.learn(row % 2, 0);
    }
    assertThat(level.forecast(none)).isCloseTo(0.5, within(0.01));
    assertThat(none.medianOfDays()).isNaN();
    assertThat(none.medianOfWeeks()).isNaN();
  }

  @Test
  void aMissingRowKeepsThePlaceOfThoseAfterIt() {
    SeasonRows rows = new SeasonRows(4);
    for (double value : new double[] {1, 2, 3, 4, 5, Double.NaN, 7, 8}) {
      rows.add(value);
    }
    assertThat(rows.back(1)).isEqualTo(8);
    assertThat(rows.back(3)).isNaN();
    assertThat(rows.back(8)).isEqualTo(1);
    assertThat(rows.back(9)).isNaN();
    assertThat(rows.medianOfDays()).isEqualTo(3);
  }

  @Test
  void aMedianIsOfThoseThatAreThere() {
    double none = Double.NaN;
    assertThat(SeasonRows.median(3, 1, 2)).isEqualTo(2);
    assertThat(SeasonRows.median(1, 2, 3)).isEqualTo(2);
    assertThat(SeasonRows.median(none, 1, 2)).isEqualTo(1.5);
    assertThat(SeasonRows.median(1, none, 2)).isEqualTo(1.5);
    assertThat(SeasonRows.median(1, 2, none)).isEqualTo(1.5);
    assertThat(SeasonRows.median(none, none, 4)).isEqualTo(4);
    assertThat(SeasonRows.median(4, none, none)).isEqualTo(4);
    assertThat(SeasonRows.median(none, none, none)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "300000, 288",
    "3600000, 24",
    "60000, 1440",
    "1000, 0",
    "14000, 0",
    "15000, 5760",
    "86400000, 0",
    "21600000, 4",
    "0, 0",
    "-5, 0"
  })
  void learnsHowManyRowsADayHas(long spacingMs, int rows) {
    long[] times = new long[DayLength.ROWS];
    Arrays.setAll(times, i -> 1_000_000_000_000L + i * spacingMs + (i > 30 ? 7_777_777 : 0));
    assertThat(DayLength.rows(times)).isEqualTo(rows);
  }
}
