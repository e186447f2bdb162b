package io.tidewatch.jobs.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.alerting.Gap.Missing;
import io.tidewatch.jobs.alerting.Reconciliation.Counts;
import io.tidewatch.jobs.sink.Incident;
import io.tidewatch.jobs.sink.IncidentStatus;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of gap, and what looks like one and is none. */
class ReconciliationTest {
  private static final long TRIGGERED_MS = 100_000;
  private static final long RESOLVED_MS = 160_000;
  private static final long SETTLED_MS = 1_000_000;
  private static final long OLD_MS = 500_000;
  private static final long YOUNG_MS = 1_000_001;
  private static final long NOTHING_GONE = Long.MIN_VALUE;

  private final List<Gap> gaps = new ArrayList<>();
  private final Reconciliation reconciliation =
      new Reconciliation(Long.MIN_VALUE, SETTLED_MS, gaps::add);

  @ParameterizedTest
  @CsvSource({
    "FIRING, ACTIVE",
    "FLAPPING, ACTIVE",
    "NO_DATA, ACTIVE",
    "SUPPRESSED, SUPPRESSED",
  })
  void anOpenAlertWithItsEventIsWhole(AlertStatus status, IncidentStatus stored) {
    told("a", status, OLD_MS);
    row("a", stored, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(gaps).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = AlertStatus.class,
      names = {"FIRING", "FLAPPING", "NO_DATA", "SUPPRESSED"})
  void anAlertThatIsOverIsWholeHoweverItBegan(AlertStatus begun) {
    told("a", begun, OLD_MS);
    told("a", AlertStatus.RESOLVED, OLD_MS);
    row("a", IncidentStatus.RESOLVED, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(gaps).isEmpty();
  }

  @Test
  void eventsThatAreToldAgainInAnyOrderChangeNothing() {
    for (int i = 0; i < 3; i++) {
      told("a", AlertStatus.RESOLVED, OLD_MS + i);
      told("a", AlertStatus.FIRING, OLD_MS + i);
      told("a", AlertStatus.SUPPRESSED, OLD_MS + i);
    }
    row("a", IncidentStatus.RESOLVED, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(gaps).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(IncidentStatus.class)
  void aRowWithoutAnyEvent(IncidentStatus status) {
    row("a", status, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 1, 0, 0));
    assertGaps("a", status == IncidentStatus.RESOLVED ? RESOLVED_MS : null, Missing.EVENTS);
  }

  @Test
  void theEndIsNotInTheTopic() {
    told("a", AlertStatus.FIRING, OLD_MS);
    row("a", IncidentStatus.RESOLVED, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 1, 0, 0));
    assertGaps("a", RESOLVED_MS, Missing.END);
  }

  @Test
  void theBeginningIsNotInTheTopic() {
    told("a", AlertStatus.RESOLVED, OLD_MS);
    row("a", IncidentStatus.RESOLVED, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 1, 0, 0));
    assertGaps("a", RESOLVED_MS, Missing.BEGINNING);
  }

  @ParameterizedTest
  @CsvSource({"FIRING, SUPPRESSED, SUPPRESSED", "SUPPRESSED, ACTIVE, ACTIVE"})
  void theLastEventOfAnOpenAlertIsNotInTheTopic(
      AlertStatus told, IncidentStatus stored, Missing missing) {
    told("a", told, OLD_MS);
    row("a", stored, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 1, 0, 0));
    assertGaps("a", null, missing);
  }

  @Test
  void anEventWithoutARow() {
    told("a", AlertStatus.FIRING, OLD_MS);
    told("a", AlertStatus.RESOLVED, YOUNG_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 1, 0, 0));
    assertGaps("a", RESOLVED_MS, Missing.ROW);
  }

  @Test
  void theEndIsNotInTheRow() {
    told("a", AlertStatus.FIRING, OLD_MS);
    told("a", AlertStatus.RESOLVED, OLD_MS);
    row("a", IncidentStatus.ACTIVE, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 1, 0, 0));
    assertGaps("a", RESOLVED_MS, Missing.END_OF_ROW);
  }

  @Test
  void anAlertMayHaveTwoGaps() {
    told("a", AlertStatus.RESOLVED, OLD_MS);
    row("a", IncidentStatus.ACTIVE, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 1, 0, 0));
    assertGaps("a", RESOLVED_MS, Missing.ACTIVE, Missing.END_OF_ROW);
  }

  @Test
  void whatIsYoungIsNotJudged() {
    row("row", IncidentStatus.RESOLVED, YOUNG_MS);
    told("event", AlertStatus.FIRING, YOUNG_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(2, 0, 2, 0));
    assertThat(gaps).isEmpty();
  }

  @Test
  void aYoungEndIsNotAskedOfTheRow() {
    told("a", AlertStatus.FIRING, OLD_MS);
    told("a", AlertStatus.RESOLVED, YOUNG_MS);
    row("a", IncidentStatus.ACTIVE, OLD_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(gaps).isEmpty();
  }

  @Test
  void whatIsAsOldAsThatIsJudged() {
    row("a", IncidentStatus.ACTIVE, SETTLED_MS);
    told("b", AlertStatus.FIRING, SETTLED_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(2, 2, 0, 0));
    assertThat(gaps).extracting(Gap::alertId).containsExactly("a", "b");
  }

  @Test
  void whatTheTopicHasLostByRetentionIsNoGap() {
    told("beginning", AlertStatus.RESOLVED, OLD_MS);
    reconciliation.row(incident("all", IncidentStatus.ACTIVE, OLD_MS), OLD_MS + 1);
    reconciliation.row(incident("beginning", IncidentStatus.RESOLVED, OLD_MS), TRIGGERED_MS + 1);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(2, 0, 0, 2));
    assertThat(gaps).isEmpty();
  }

  @Test
  void whatTheTopicReachesBackToIsJudged() {
    told("beginning", AlertStatus.RESOLVED, OLD_MS);
    reconciliation.row(incident("all", IncidentStatus.ACTIVE, OLD_MS), OLD_MS);
    reconciliation.row(incident("beginning", IncidentStatus.RESOLVED, OLD_MS), TRIGGERED_MS);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(2, 2, 0, 0));
    assertThat(gaps).extracting(Gap::missing).containsExactly(Missing.EVENTS, Missing.BEGINNING);
  }

  @Test
  void retentionOfTheTopicDoesNotExcuseTheRow() {
    told("a", AlertStatus.RESOLVED, OLD_MS);
    reconciliation.row(incident("a", IncidentStatus.ACTIVE, OLD_MS), OLD_MS + 1);

    assertThat(reconciliation.finish()).isEqualTo(new Counts(1, 1, 0, 0));
    assertGaps("a", RESOLVED_MS, Missing.END_OF_ROW);
  }

  @Test
  void whatWasTriggeredBeforeIsNotLookedAt() {
    Reconciliation later = new Reconciliation(TRIGGERED_MS + 1, SETTLED_MS, gaps::add);
    later.event(event("a", AlertStatus.FIRING), OLD_MS);
    later.row(incident("b", IncidentStatus.ACTIVE, OLD_MS), NOTHING_GONE);

    assertThat(later.finish()).isEqualTo(new Counts(0, 0, 0, 0));
    assertThat(gaps).isEmpty();
  }

  @Test
  void aGapIsOneLineWhateverTheInputHolds() {
    Gap gap =
        new Gap(
            "1f2e",
            "Hot",
            Map.of("device_id", "w\r\n\u001b[2J\u202e7", "site", "Zürich"),
            0,
            60_000L,
            Missing.END);

    assertThat(gap.line())
        .isEqualTo(
            "1f2e  Hot  {device_id=w\\r\\n\\u{1b}[2J\\u{202e}7, site=Zürich}  triggered"
                + " 1970-01-01T00:00:00Z, resolved 1970-01-01T00:01:00Z: the end is not in the"
                + " topic");
  }

  private void assertGaps(String alertId, Long resolvedAtMs, Missing... missing) {
    assertThat(gaps).extracting(Gap::missing).containsExactly(missing);
    assertThat(gaps)
        .allSatisfy(
            gap -> {
              assertThat(gap.alertId()).isEqualTo(alertId);
              assertThat(gap.rule()).isEqualTo("Hot");
              assertThat(gap.labels()).isEqualTo(Map.of("device_id", "d1"));
              assertThat(gap.triggeredAtMs()).isEqualTo(TRIGGERED_MS);
              assertThat(gap.resolvedAtMs()).isEqualTo(resolvedAtMs);
            });
  }

  private void told(String alertId, AlertStatus status, long toldAtMs) {
    reconciliation.event(event(alertId, status), toldAtMs);
  }

  private void row(String alertId, IncidentStatus status, long writtenAtMs) {
    reconciliation.row(incident(alertId, status, writtenAtMs), NOTHING_GONE);
  }

  private static Incident incident(String alertId, IncidentStatus status, long writtenAtMs) {
    return new Incident(
        alertId,
        "f-" + alertId,
        "Hot",
        Map.of("device_id", "d1"),
        status,
        TRIGGERED_MS,
        status == IncidentStatus.RESOLVED ? RESOLVED_MS : null,
        writtenAtMs);
  }

  private static AlertEvent event(String alertId, AlertStatus status) {
    return new AlertEvent(
        alertId,
        alertId + status,
        "f-" + alertId,
        "Hot",
        "v1",
        status,
        true,
        status == AlertStatus.SUPPRESSED ? "muted" : null,
        Map.of("device_id", "d1"),
        Map.of(),
        "heat_mean > 80",
        81.0,
        80.0,
        "heat_mean is 81",
        TRIGGERED_MS - 10_000,
        TRIGGERED_MS,
        status == AlertStatus.RESOLVED ? RESOLVED_MS : null,
        null,
        null,
        Map.of(),
        List.of());
  }
}
