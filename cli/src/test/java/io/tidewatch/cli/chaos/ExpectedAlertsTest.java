package io.tidewatch.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.derived.AlertStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedAlertsTest {
  private static final long STALE_MS = 300_000;

  /** Rows of one device, one each second, with these means; the rule: above 8 for 5 s. */
  private static List<ExpectedAlerts.Told> told(AlertStatus status, double... means) {
    Map<RowKey, Map<String, ExpectedValue>> rows = new HashMap<>();
    for (int second = 0; second < means.length; second++) {
      rows.put(
          new RowKey(
              RowKey.FEATURES,
              List.of("welding", "device-00"),
              second * 1000L - 10_000,
              second * 1000L),
          Map.of("vibration_mm_per_second_mean", ExpectedValue.exact(means[second])));
    }
    return ExpectedAlerts.of(rows, PlannedRule.ALL).entrySet().stream()
        .filter(event -> event.getKey().status() == status)
        .map(Map.Entry::getValue)
        .toList();
  }

  @Test
  void conditionThatHeldForLessIsNoAlert() {
    assertThat(told(AlertStatus.FIRING, 1, 9, 9, 9, 9, 9, 1)).isEmpty();
    assertThat(told(AlertStatus.RESOLVED, 1, 9, 9, 9, 9, 9, 1)).isEmpty();
  }

  @Test
  void firesWhenTheConditionHasHeldAndResolvesWithTheFirstFalseSample() {
    assertThat(told(AlertStatus.FIRING, 1, 9, 9, 9, 9, 9, 10, 11, 1))
        .containsExactly(new ExpectedAlerts.Told(1000, 6000, null, 10.0));
    assertThat(told(AlertStatus.RESOLVED, 1, 9, 9, 9, 9, 9, 10, 11, 1))
        .containsExactly(new ExpectedAlerts.Told(1000, 6000, 8000L, 1.0));
  }

  @Test
  void alertThatFiresWhenEventTimeEndsIsOverBySilence() {
    assertThat(told(AlertStatus.RESOLVED, 9, 9, 9, 9, 9, 9))
        .containsExactly(new ExpectedAlerts.Told(0, 5000, 5000 + STALE_MS, null));
  }

  @Test
  void eachEpisodeHasItsOwnName() {
    assertThat(told(AlertStatus.FIRING, 9, 9, 9, 9, 9, 9, 1, 9, 9, 9, 9, 9, 9)).hasSize(2);
  }

  @Test
  void seesEventsThatSaySomethingElse() {
    var wanted = new ExpectedAlerts.Told(0, 5000, null, 9.0);

    assertThat(wanted.difference(new ExpectedAlerts.Told(0, 5000, null, 9.0 + 1e-12))).isNull();
    assertThat(wanted.difference(new ExpectedAlerts.Told(0, 6000, null, 9.0)))
        .contains("must be", "was");
    assertThat(wanted.difference(new ExpectedAlerts.Told(0, 5000, null, null))).isNotNull();
    assertThat(wanted.difference(new ExpectedAlerts.Told(0, 5000, 7000L, 9.0))).isNotNull();
  }
}
