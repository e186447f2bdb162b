package io.tidewatch.cli.demo;

import io.tidewatch.cli.input.Fault;
import io.tidewatch.cli.input.FaultKind;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Observations, faults and alerts to show and to sum up. */
final class Seen {
  static final long START_MS = 1_704_067_200_000L;

  /** From second 20 to second 40. */
  static final Fault FAULT =
      new Fault(
          FaultKind.ERROR_BURST,
          "40 % of the requests answered with 503",
          "/checkout",
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          "ErrorRateHigh");

  static final Observation.Stream TELEMETRY = new Observation.Stream(1000, 12, 7, 345, 981);
  static final Observation.Stream LATENCY = new Observation.Stream(2000, 13, 8, 456, 1979);

  static final Observation.Scores SCORES =
      new Observation.Scores(
          345,
          345,
          1380,
          245,
          2,
          new Observation.Latest(
              "weld-sim-03", "_row", 0.7512, 0.66, true, "critical", "vibration_mean"));

  private Seen() {}

  static Observation observation(AlertEvent... alerts) {
    return new Observation(
        TELEMETRY,
        LATENCY,
        801,
        new Observation.Busiest("GET /products/{id}", 40.25, 0.5, 18.1, 42.2, 63.3),
        SCORES,
        List.of(alerts),
        0);
  }

  static AlertEvent alert(String rule, AlertStatus status, String target, long startedSecond) {
    long startedAtMs = START_MS + startedSecond * 1000;
    boolean resolved = status == AlertStatus.RESOLVED;
    return new AlertEvent(
        "id",
        "event",
        "fingerprint",
        rule,
        "version",
        status,
        true,
        null,
        Map.of("endpoint", target, "alertname", rule),
        Map.of(),
        "error_rate > 5",
        42.5,
        5.0,
        "error_rate 42.5 > 5 held for PT5S",
        startedAtMs,
        startedAtMs + 5000,
        resolved ? startedAtMs + 20_000 : null,
        startedAtMs + 5000,
        null,
        Map.of(),
        List.of());
  }
}
