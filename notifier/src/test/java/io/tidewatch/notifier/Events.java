package io.tidewatch.notifier;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Alert events of tests. */
public final class Events {
  /** An afternoon in 2023. */
  public static final long T0 = 1_700_000_000_000L;

  private Events() {}

  /** An alert of a critical rule that fires for a device. */
  public static AlertEvent firing(String rule, String device, long startedAtMs) {
    return event(rule, device, AlertStatus.FIRING, startedAtMs, startedAtMs, true);
  }

  /** The end of the episode that began then. */
  public static AlertEvent resolved(
      String rule, String device, long startedAtMs, long resolvedAtMs) {
    return event(rule, device, AlertStatus.RESOLVED, startedAtMs, resolvedAtMs, true);
  }

  /** A transition of an episode. */
  public static AlertEvent event(
      String rule,
      String device,
      AlertStatus status,
      long startedAtMs,
      long atMs,
      boolean notifies) {
    String alertId = rule + "|" + device + "|" + startedAtMs;
    return new AlertEvent(
        alertId,
        alertId + "|" + status + "|" + atMs,
        rule + "|" + device,
        rule,
        "0a1b2c3d",
        status,
        notifies,
        notifies ? null : "muted",
        Map.of("alertname", rule, "device_id", device, "severity", "critical"),
        Map.of("summary", rule + " of " + device),
        "x > 8",
        9.5,
        8.0,
        "x 9.5 > 8 held for PT5S",
        startedAtMs,
        startedAtMs,
        status == AlertStatus.RESOLVED ? atMs : null,
        atMs,
        null,
        Map.of(),
        List.of());
  }

  /** The same with another value of a label. */
  public static AlertEvent with(AlertEvent event, String label, String value) {
    Map<String, String> labels = new TreeMap<>(event.labels());
    labels.put(label, value);
    return copy(event, labels, event.annotations(), event.reason(), event.traceIds());
  }

  /** The same with other words in it. */
  public static AlertEvent saying(AlertEvent event, String words) {
    Map<String, String> labels = new TreeMap<>(event.labels());
    labels.put("device_id", words);
    return copy(event, labels, Map.of("summary", words), words, List.of(words));
  }

  /** The same with the traces of slow requests. */
  public static AlertEvent traced(AlertEvent event, String... traceIds) {
    return copy(event, event.labels(), event.annotations(), event.reason(), List.of(traceIds));
  }

  private static AlertEvent copy(
      AlertEvent event,
      Map<String, String> labels,
      Map<String, String> annotations,
      String reason,
      List<String> traceIds) {
    return new AlertEvent(
        event.alertId(),
        event.eventId(),
        event.fingerprint(),
        event.rule(),
        event.ruleVersion(),
        event.status(),
        event.notifies(),
        event.suppressedBy(),
        labels,
        annotations,
        event.expr(),
        event.value(),
        event.threshold(),
        reason,
        event.startedAtMs(),
        event.firedAtMs(),
        event.resolvedAtMs(),
        event.windowEndMs(),
        event.modelVersion(),
        event.attribution(),
        traceIds);
  }
}
