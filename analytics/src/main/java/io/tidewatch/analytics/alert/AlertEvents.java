package io.tidewatch.analytics.alert;

import io.tidewatch.analytics.alert.expr.Comparing;
import io.tidewatch.analytics.alert.life.Transition;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Transitions as events for the world outside. */
public final class AlertEvents {
  private AlertEvents() {}

  /**
   * @param seriesLabels labels of the series, as its reader gives them
   * @param transition as the state machine gave it
   * @param origin of the record that made it; not looked at when none did
   */
  public static AlertEvent of(
      AlertRule rule,
      Map<String, String> seriesLabels,
      Transition transition,
      SampleOrigin origin) {
    Map<String, String> labels = rule.alertLabels(seriesLabels);
    String alertId =
        AlertIds.alertId(rule.name(), rule.version(), labels, transition.startedAtMs());
    SampleOrigin known = transition.ofRecord() ? origin : SampleOrigin.UNKNOWN;
    Comparing by = transition.by();
    long atMs = transition.atMs();
    return new AlertEvent(
        alertId,
        AlertIds.eventId(alertId, rule.version(), transition.status(), atMs),
        AlertIds.fingerprint(rule.name(), labels),
        rule.name(),
        rule.version(),
        transition.status(),
        transition.notifies(),
        transition.suppressedBy(),
        labels,
        annotations(rule, labels, transition.value()),
        rule.condition().text(),
        transition.value(),
        by == null ? rule.threshold() : Double.valueOf(by.threshold()),
        AlertReason.of(rule, transition),
        transition.startedAtMs(),
        transition.firedAtMs(),
        transition.status() == AlertStatus.RESOLVED ? Long.valueOf(atMs) : null,
        transition.ofRecord() ? Long.valueOf(atMs) : null,
        known.modelVersion(),
        known.attribution(),
        known.traceIds());
  }

  private static Map<String, String> annotations(
      AlertRule rule, Map<String, String> labels, @Nullable Double value) {
    Map<String, String> rendered = new TreeMap<>();
    rule.annotations().forEach((key, text) -> rendered.put(key, text.render(labels, value)));
    return Collections.unmodifiableMap(rendered);
  }
}
