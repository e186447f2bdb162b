package io.tidewatch.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.cli.input.Fault;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.List;

/**
 * What a demo came to.
 *
 * @param ran how long it fed
 * @param firstRow from the start of the JVM to the first row in the database
 * @param end what was seen when the jobs had stopped
 * @param faults those that were injected and over before the end
 */
record Totals(Duration ran, Duration firstRow, Observation end, List<InjectedFault> faults) {
  /**
   * A rule sees a fault for as long as the longest window of the demo's rules holds its records.
   */
  private static final Duration AFTERGLOW = Duration.ofSeconds(15);

  /** A fault and whether an alert of its rule fired for its target in its time. */
  record InjectedFault(Fault fault, boolean alerted) {

    static InjectedFault of(Fault fault, long simulationStartMs, List<AlertEvent> alerts) {
      long fromMs = simulationStartMs + fault.start().toMillis();
      long toMs = simulationStartMs + fault.end().plus(AFTERGLOW).toMillis();
      return new InjectedFault(
          fault,
          alerts.stream()
              .anyMatch(
                  event ->
                      event.status() == AlertStatus.FIRING
                          && event.rule().equals(fault.rule())
                          && event.labels().containsValue(fault.target())
                          && event.startedAtMs() >= fromMs
                          && event.startedAtMs() <= toMs));
    }
  }

  /**
   * Whether every record is accounted for, every vector was told of by the anomaly job, every fault
   * was alerted, and no job restarted.
   */
  boolean ok() {
    return end.telemetry().balanced()
        && end.latency().balanced()
        && end.scores().complete()
        && end.restarts() == 0
        && faults.stream().allMatch(InjectedFault::alerted);
  }

  /** One line. */
  String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("ok", ok());
    json.put("ran_seconds", seconds(ran));
    json.put("first_row_seconds", seconds(firstRow));
    put(json.putObject("telemetry"), end.telemetry());
    put(json.putObject("api_latency"), end.latency());
    json.put("windows", end.windows());
    json.put("rows", end.telemetry().rows() + end.latency().rows());
    Observation.Scores scores = end.scores();
    json.putObject("anomaly_scores")
        .put("vectors", scores.vectors())
        .put("rows", scores.whole())
        .put("of_single_metrics", scores.single())
        .put("scored", scores.scored())
        .put("anomalies", scores.anomalies())
        .put("complete", scores.complete());
    json.put("alert_events", end.alerts().size());
    json.put("restarts", end.restarts());
    ArrayNode array = json.putArray("faults");
    for (InjectedFault injected : faults) {
      array
          .addObject()
          .put("rule", injected.fault().rule())
          .put("target", injected.fault().target())
          .put("alerted", injected.alerted());
    }
    return json.toString();
  }

  private static void put(ObjectNode json, Observation.Stream stream) {
    json.put("in", stream.in())
        .put("written", stream.written())
        .put("rejected", stream.rejected())
        .put("late", stream.late())
        .put("balanced", stream.balanced());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
