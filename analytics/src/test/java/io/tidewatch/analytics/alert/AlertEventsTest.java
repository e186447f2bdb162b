package io.tidewatch.analytics.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertEventsTest {
  private static final AlertRule RULE = rule("error_rate > 5", Duration.ofMinutes(2));
  private static final Map<String, String> SERIES =
      Map.of("service", "shop", "method", "GET", "severity", "of the series");

  @Test
  void tellsWhatFired() {
    AlertEvent event =
        AlertEvents.of(RULE, SERIES, new Transition(AlertStatus.FIRING, 1000, 121_000, null, 31.2));
    Map<String, String> labels =
        Map.of("alertname", "HighErrors", "service", "shop", "method", "GET", "severity", "page");
    String alertId = AlertIds.alertId("HighErrors", labels, 1000);
    assertThat(event)
        .isEqualTo(
            new AlertEvent(
                alertId,
                AlertIds.eventId(alertId, AlertStatus.FIRING, 121_000),
                AlertIds.fingerprint("HighErrors", labels),
                "HighErrors",
                AlertIds.ruleVersion(RULE),
                AlertStatus.FIRING,
                true,
                null,
                labels,
                Map.of("summary", "too many errors"),
                "error_rate > 5",
                31.2,
                5.0,
                "error_rate 31.2 > 5 held for PT2M",
                1000,
                121_000,
                null,
                121_000L,
                null,
                Map.of(),
                List.of()));
    assertThat(event.labels().keySet())
        .containsExactly("alertname", "method", "service", "severity");
  }

  @Test
  void tellsWhatWasResolvedUnderTheSameId() {
    AlertEvent fired =
        AlertEvents.of(RULE, SERIES, new Transition(AlertStatus.FIRING, 1000, 121_000, null, 31.2));
    AlertEvent resolved =
        AlertEvents.of(
            RULE, SERIES, new Transition(AlertStatus.RESOLVED, 1000, 121_000, 200_000L, 0.4));
    assertThat(resolved.alertId()).isEqualTo(fired.alertId());
    assertThat(resolved.fingerprint()).isEqualTo(fired.fingerprint());
    assertThat(resolved.reason()).isEqualTo("error_rate 0.4 no longer > 5");
    assertThat(resolved.resolvedAtMs()).isEqualTo(200_000);
    assertThat(resolved.value()).isEqualTo(0.4);
  }

  @Test
  void tellsWhatWasResolvedBySilence() {
    AlertEvent event =
        AlertEvents.of(
            RULE, SERIES, new Transition(AlertStatus.RESOLVED, 1000, 121_000, 500_000L, null));
    assertThat(event.reason()).isEqualTo("no data for PT5M");
    assertThat(event.value()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "p99_ms > 250,    251,                p99_ms 251 > 250",
    "p99_ms > 250,    1234567.891,        p99_ms 1234570 > 250",
    "x > 5,           31.233333333333334, x 31.2333 > 5",
    "x > 5,           5.0000000001,       x 5.0000000001 > 5",
    "x <= -0.5,       -1e-7,              x -0.0000001 <= -0.5",
    "x < 1e300,       -2.5e20,            x -2.5E20 < 1.0E300",
    "x >= 1e-20,      Infinity,           x Infinity >= 1.0E-20",
    "x != 100,        0,                  x 0 != 100"
  })
  void writesNumbersForPeopleAndNeverAnUntrueSentence(String expr, double value, String reason) {
    Transition fired = new Transition(AlertStatus.FIRING, 1, 1, null, value);
    assertThat(AlertEvents.of(rule(expr, Duration.ZERO), Map.of(), fired).reason())
        .isEqualTo(reason);
  }

  @Test
  void idsAreTheSameForEver() {
    Map<String, String> labels = Map.of("service", "shop", "endpoint", "/größe");
    assertThat(AlertIds.alertId("HighErrors", labels, 1_700_000_000_000L))
        .isEqualTo("3561b48d50a41ec609627b7b1d5c2e2e");
    assertThat(AlertIds.fingerprint("HighErrors", labels))
        .isEqualTo("d36f3839831cc533ca1d033e2caa79ff");
  }

  @Test
  void idsDoNotDependOnTheOrderOfLabels() {
    Map<String, String> forth = new LinkedHashMap<>();
    Map<String, String> back = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forth.put("l" + i, "v" + i);
      back.put("l" + (19 - i), "v" + (19 - i));
    }
    assertThat(AlertIds.alertId("r", forth, 1)).isEqualTo(AlertIds.alertId("r", back, 1));
    assertThat(AlertIds.fingerprint("r", forth)).isEqualTo(AlertIds.fingerprint("r", back));
  }

  @Test
  void idsOfDifferentAlertsDiffer() {
    assertThat(
            Set.of(
                AlertIds.alertId("r", Map.of("a", "b,c"), 1),
                AlertIds.alertId("r", Map.of("a", "b", "c", ""), 1),
                AlertIds.alertId("r", Map.of("a,b", "c"), 1),
                AlertIds.alertId("r", Map.of("ab", "c"), 1),
                AlertIds.alertId("r", Map.of("a", "bc"), 1),
                AlertIds.alertId("r", Map.of("a", "bc"), 2),
                AlertIds.alertId("ra", Map.of("", "bc"), 1),
                AlertIds.alertId("r", Map.of(), 1),
                AlertIds.fingerprint("r", Map.of("a", "bc")),
                AlertIds.fingerprint("r", Map.of())))
        .hasSize(10)
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  @Test
  void rulesRefuseWhatMakesNoSense() {
    assertThatThrownBy(() -> rule(" ", Duration.ZERO, Map.of(), Duration.ofMinutes(5)))
        .hasMessage("name: must not be blank, was ' '");
    assertThatThrownBy(() -> rule("r", Duration.ofMillis(-1), Map.of(), Duration.ofMinutes(5)))
        .hasMessage("for: must be PT0S to PT8784H in rule r, was PT-0.001S");
    assertThatThrownBy(() -> rule("r", Duration.ofDays(367), Map.of(), Duration.ofMinutes(5)))
        .hasMessageStartingWith("for: ");
    assertThatThrownBy(() -> rule("r", Duration.ZERO, Map.of(), Duration.ZERO))
        .hasMessage("stale_after: must be PT0.001S to PT8784H in rule r, was PT0S");
    assertThatThrownBy(() -> rule("r", Duration.ZERO, Map.of(), Duration.ofSeconds(Long.MAX_VALUE)))
        .hasMessageStartingWith("stale_after: ");
    assertThatThrownBy(() -> rule("r", Duration.ZERO, Map.of("a-b", "1"), Duration.ofMinutes(5)))
        .hasMessageEndingWith("in rule r, was 'a-b'");
    assertThatThrownBy(
            () -> rule("r", Duration.ZERO, Map.of("alertname", "1"), Duration.ofMinutes(5)))
        .hasMessageEndingWith("in rule r, was 'alertname'");
  }

  @Test
  void rulesTravel() throws Exception {
    AlertRule rule = rule("x{a=~\"b.*\"} > 5", Duration.ZERO);
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(rule);
    }
    assertThat(rule.staleAfter()).isEqualTo(Duration.ofMinutes(5));
  }

  private static AlertRule rule(String expr, Duration holdFor) {
    return new AlertRule(
        "HighErrors",
        Condition.parse(expr),
        holdFor,
        Map.of("severity", "page"),
        Map.of("summary", "too many errors"));
  }

  private static AlertRule rule(
      String name, Duration holdFor, Map<String, String> labels, Duration staleAfter) {
    return new AlertRule(name, Condition.parse("x > 5"), holdFor, labels, Map.of(), staleAfter);
  }
}
