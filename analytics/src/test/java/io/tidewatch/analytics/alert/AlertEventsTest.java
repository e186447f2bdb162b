package io.tidewatch.analytics.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.expr.Verdict;
import io.tidewatch.analytics.alert.life.Cause;
import io.tidewatch.analytics.alert.life.Transition;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Flapping;
import io.tidewatch.analytics.alert.rule.RuleDraft;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertEventsTest {
  private static final AlertRule RULE = draft("error_rate > 5").holdFor(minutes(2)).build();
  private static final Map<String, String> SERIES =
      Map.of("service", "shop", "method", "GET", "severity", "of the series");
  private static final SampleOrigin ORIGIN =
      new SampleOrigin("v7", Map.of("a", 0.5), List.of("t1"));

  @Test
  void tellsWhatFired() {
    AlertEvent event =
        AlertEvents.of(RULE, SERIES, ofRecord(RULE, AlertStatus.FIRING, 31.2), ORIGIN);
    Map<String, String> labels =
        Map.of("alertname", "HighErrors", "service", "shop", "method", "GET", "severity", "page");
    String alertId = AlertIds.alertId("HighErrors", RULE.version(), labels, 1000);
    assertThat(event)
        .isEqualTo(
            new AlertEvent(
                alertId,
                AlertIds.eventId(alertId, RULE.version(), AlertStatus.FIRING, 200_000),
                AlertIds.fingerprint("HighErrors", labels),
                "HighErrors",
                RULE.version(),
                AlertStatus.FIRING,
                true,
                null,
                labels,
                Map.of("summary", "too many errors of shop: 31.2"),
                "error_rate > 5",
                31.2,
                5.0,
                "error_rate 31.2 > 5 held for 2m",
                1000,
                121_000,
                null,
                200_000L,
                "v7",
                Map.of("a", 0.5),
                List.of("t1")));
    assertThat(event.labels().keySet())
        .containsExactly("alertname", "method", "service", "severity");
  }

  @Test
  void tellsWhatWasResolvedUnderTheSameId() {
    AlertEvent fired =
        AlertEvents.of(RULE, SERIES, ofRecord(RULE, AlertStatus.FIRING, 31.2), ORIGIN);
    AlertEvent resolved =
        AlertEvents.of(RULE, SERIES, ofRecord(RULE, AlertStatus.RESOLVED, 0.4), ORIGIN);
    assertThat(resolved.alertId()).isEqualTo(fired.alertId());
    assertThat(resolved.eventId()).isNotEqualTo(fired.eventId());
    assertThat(resolved.fingerprint()).isEqualTo(fired.fingerprint());
    assertThat(resolved.reason()).isEqualTo("error_rate 0.4 no longer > 5");
    assertThat(resolved.resolvedAtMs()).isEqualTo(200_000);
    assertThat(resolved.value()).isEqualTo(0.4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SILENCE        | RESOLVED | no data for 5m",
        "SILENCE        | NO_DATA  | no data for 1h, while others sent",
        "TOPIC_SILENCE  | NO_DATA  | no data for 1h, and none from any other series",
        "FEW_SAMPLES    | RESOLVED | fewer than 20 samples for 5m",
        "DATA_IS_BACK   | RESOLVED | data is back",
        "SERIES_IS_GONE | RESOLVED | no data for 1w: taken for gone",
        "CHANGES        | FLAPPING | changed 4 times within 10m, held open until it has not for 15m",
        "CALM           | RESOLVED | no change for 15m",
        "CALM           | FIRING   | no change for 15m, and still there",
        "CATCH_UP       | FIRING   | still there, and people had not been told",
        "RULE_REMOVED   | RESOLVED | the rule was removed",
        "RULE_REPLACED  | RESOLVED | the rule was replaced"
      })
  void saysWhatElseMadeATransition(Cause cause, AlertStatus status, String reason) {
    AlertRule rule =
        draft("x > 1")
            .absentFor(Duration.ofHours(1))
            .minSamples(20)
            .flapping(new Flapping(4, minutes(10), minutes(15)))
            .build();
    Transition transition =
        new Transition(status, false, "mute 'x'", cause, 500_000, 1, 2, false, null, null);
    AlertEvent event = AlertEvents.of(rule, SERIES, transition, ORIGIN);
    assertThat(event.reason()).isEqualTo(reason);
    assertThat(event.value()).isNull();
    assertThat(event.threshold()).isEqualTo(1);
    assertThat(event.windowEndMs()).isNull();
    assertThat(event.modelVersion()).isNull();
    assertThat(event.attribution()).isEmpty();
    assertThat(event.traceIds()).isEmpty();
    assertThat(event.notifies()).isFalse();
    assertThat(event.suppressedBy()).isEqualTo("mute 'x'");
    assertThat(event.annotations()).containsEntry("summary", "too many errors of shop: no value");
    assertThat(event.resolvedAtMs())
        .isEqualTo(status == AlertStatus.RESOLVED ? Long.valueOf(500_000) : null);
  }

  @ParameterizedTest
  @CsvSource({
    "p99_ms > 250,    251,                p99_ms 251 > 250",
    "p99_ms > 250,    1234567.891,        p99_ms 1234570 > 250",
    "x > 5,           31.233333333333334, x 31.2333 > 5",
    "x > 5,           5.0000000001,       x 5.0000000001 > 5",
    "x <= -0.5,       -1e-7,              x -0.0000001 not <= -0.5",
    "x < 1e300,       -2.5e20,            x -2.5E20 < 1.0E300",
    "x >= 1e-20,      Infinity,           x Infinity >= 1.0E-20",
    "x != 100,        0,                  x 0 != 100",
    "not x > 5,       3,                  x 3 not > 5",
    "y > 1 or x > 5,  6,                  x 6 > 5",
    "x > 5 and x < 9, 6,                  x 6 > 5"
  })
  void writesNumbersForPeopleAndNeverAnUntrueSentence(String expr, double value, String reason) {
    AlertRule rule = draft(expr).build();
    assertThat(
            AlertEvents.of(rule, Map.of(), ofRecord(rule, AlertStatus.FIRING, value), ORIGIN)
                .reason())
        .isEqualTo(reason);
  }

  @Test
  void aConditionOfSeveralComparisonsHasTheThresholdThatDecided() {
    AlertRule rule = draft("y > 1 or x > 5").build();
    AlertEvent event =
        AlertEvents.of(rule, Map.of(), ofRecord(rule, AlertStatus.FIRING, 6), ORIGIN);
    assertThat(event.threshold()).isEqualTo(5);
    Transition silent =
        new Transition(AlertStatus.RESOLVED, true, null, Cause.SILENCE, 9, 1, 2, false, null, null);
    assertThat(AlertEvents.of(rule, Map.of(), silent, ORIGIN).threshold()).isNull();
  }

  @Test
  void idsAreTheSameForEver() {
    Map<String, String> labels = Map.of("service", "shop", "endpoint", "/größe");
    assertThat(AlertIds.alertId("HighErrors", "5aed519f24603aa1", labels, 1_700_000_000_000L))
        .isEqualTo("4093713fbe8710770e0008e985f0c930");
    assertThat(AlertIds.fingerprint("HighErrors", labels))
        .isEqualTo("d36f3839831cc533ca1d033e2caa79ff");
    assertThat(
            AlertIds.eventId(
                "4093713fbe8710770e0008e985f0c930",
                "5aed519f24603aa1",
                AlertStatus.NO_DATA,
                1_700_000_000_000L))
        .isEqualTo("e190179360dcc785a46f9ff5367ae785");
  }

  @Test
  void anEpisodeUnderAnotherVersionOfTheRuleIsAnotherAlertOfTheSameSeries() {
    AlertRule edited = draft("error_rate > 6").holdFor(minutes(2)).build();
    AlertEvent before =
        AlertEvents.of(RULE, SERIES, ofRecord(RULE, AlertStatus.FIRING, 31.2), ORIGIN);
    AlertEvent after =
        AlertEvents.of(edited, SERIES, ofRecord(edited, AlertStatus.FIRING, 31.2), ORIGIN);
    assertThat(after.startedAtMs()).isEqualTo(before.startedAtMs());
    assertThat(after.alertId()).isNotEqualTo(before.alertId());
    assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
  }

  @Test
  void idsDoNotDependOnTheOrderOfLabels() {
    Map<String, String> forth = new LinkedHashMap<>();
    Map<String, String> back = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forth.put("l" + i, "v" + i);
      back.put("l" + (19 - i), "v" + (19 - i));
    }
    assertThat(AlertIds.alertId("r", "v", forth, 1)).isEqualTo(AlertIds.alertId("r", "v", back, 1));
    assertThat(AlertIds.fingerprint("r", forth)).isEqualTo(AlertIds.fingerprint("r", back));
  }

  @Test
  void idsOfDifferentAlertsDiffer() {
    assertThat(
            Set.of(
                AlertIds.alertId("r", "v", Map.of("a", "b,c"), 1),
                AlertIds.alertId("r", "v", Map.of("a", "b", "c", ""), 1),
                AlertIds.alertId("r", "v", Map.of("a,b", "c"), 1),
                AlertIds.alertId("r", "v", Map.of("ab", "c"), 1),
                AlertIds.alertId("r", "v", Map.of("a", "bc"), 1),
                AlertIds.alertId("r", "v", Map.of("a", "bc"), 2),
                AlertIds.alertId("ra", "v", Map.of("", "bc"), 1),
                AlertIds.alertId("r", "v", Map.of(), 1),
                AlertIds.alertId("r", "w", Map.of(), 1),
                AlertIds.alertId("rv", "", Map.of(), 1),
                AlertIds.fingerprint("r", Map.of("a", "bc")),
                AlertIds.fingerprint("r", Map.of()),
                AlertIds.eventId("r", "v", AlertStatus.FIRING, 1),
                AlertIds.eventId("r", "v", AlertStatus.FIRING, 2),
                AlertIds.eventId("r", "v", AlertStatus.RESOLVED, 1),
                AlertIds.eventId("r", "w", AlertStatus.FIRING, 1),
                AlertIds.eventId("s", "v", AlertStatus.FIRING, 1)))
        .hasSize(17)
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  private static Transition ofRecord(AlertRule rule, AlertStatus status, double value) {
    Verdict verdict = rule.condition().judge(Map.of(), name -> name.equals("y") ? 0 : value);
    return new Transition(
        status,
        true,
        null,
        Cause.RECORD,
        200_000,
        1000,
        121_000,
        true,
        verdict.value(),
        verdict.by());
  }

  private static RuleDraft draft(String expr) {
    return AlertRule.named("HighErrors", Expression.parse(expr))
        .labels(Map.of("severity", "page"))
        .annotations(Map.of("summary", "too many errors of {{ $labels.service }}: {{ $value }}"));
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }
}
