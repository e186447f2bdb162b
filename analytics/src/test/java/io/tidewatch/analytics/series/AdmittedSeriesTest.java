package io.tidewatch.analytics.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmittedSeriesTest {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final SeriesRules TWO = new SeriesRules(2, 2, Duration.ofDays(2));

  private final AdmittedSeries series = new AdmittedSeries(TWO);

  private static SeriesKey key(String device) {
    return new SeriesKey("press", device, "force_mean");
  }

  @Test
  void whoComesFirstHasAPlace() {
    assertThat(series.admit(key("a"), 0, UNKNOWN)).isTrue();
    assertThat(series.admit(key("b"), 0, UNKNOWN)).isTrue();
    assertThat(series.admit(key("c"), 0, UNKNOWN)).isFalse();
    assertThat(series.admit(key("a"), 1, UNKNOWN)).isTrue();
    assertThat(series.admit(key("c"), 1, UNKNOWN)).isFalse();
    assertThat(series.size()).isEqualTo(2);
  }

  @Test
  void whoIsSilentForLongLosesIt() {
    series.admit(key("a"), 0, UNKNOWN);
    series.admit(key("b"), DAY_MS, UNKNOWN);
    series.admit(key("b"), 5, UNKNOWN); // late: it was seen after
    assertThat(series.admit(key("c"), 2 * DAY_MS, 2 * DAY_MS)).isFalse();
    assertThat(series.admit(key("c"), 3 * DAY_MS - 1, 3 * DAY_MS - 1)).as("of a").isTrue();
    assertThat(series.all())
        .containsExactlyInAnyOrder(
            new AdmittedKey(key("b"), DAY_MS), new AdmittedKey(key("c"), 3 * DAY_MS - 1));
  }

  @Test
  void whatWasRestoredKeepsItsPlaceWithoutTakingOneOfOthers() {
    series.restore(new AdmittedKey(key("a"), 5));
    series.restore(new AdmittedKey(key("a"), 7));
    series.restore(new AdmittedKey(key("b"), 6));
    assertThat(series.size()).isZero();
    assertThat(series.all()).hasSize(2).contains(new AdmittedKey(key("a"), 7));
    assertThat(series.admit(key("c"), 10, UNKNOWN)).isTrue();
    assertThat(series.admit(key("d"), 10, UNKNOWN)).isTrue();
    assertThat(series.admit(key("e"), 10, UNKNOWN)).isFalse();
    assertThat(series.admit(key("a"), 3, UNKNOWN)).as("known").isTrue();
    assertThat(series.all()).contains(new AdmittedKey(key("a"), 7));
    assertThat(series.size()).isEqualTo(3);
    series.admit(key("c"), 5 * DAY_MS, 4 * DAY_MS);
    assertThat(series.all()).as("those silent go, restored or not").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 1 | P2D | max_series: must be ≥ 1, was 0",
        "1 | 0 | P2D | cached_detectors: must be ≥ 1, was 0",
        "1 | 1 | P1D | forget_after: must be > P1D, was PT24H"
      })
  void refusesRulesInOneLine(int most, int cached, Duration forgetAfter, String message) {
    assertThatThrownBy(() -> new SeriesRules(most, cached, forgetAfter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
