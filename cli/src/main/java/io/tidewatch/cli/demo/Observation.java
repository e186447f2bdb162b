package io.tidewatch.cli.demo;

import io.tidewatch.schemas.derived.AlertEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen from outside at one moment.
 *
 * @param windows fired by the jobs
 * @param busiest the endpoint with most requests in the newest window; null when there is none
 * @param alerts all events so far, oldest first
 * @param restarts of the jobs
 */
record Observation(
    Stream telemetry,
    Stream latency,
    long windows,
    @Nullable Busiest busiest,
    List<AlertEvent> alerts,
    int restarts) {

  /** The same with restarts counted when the jobs still ran. */
  Observation withRestarts(int counted) {
    return new Observation(telemetry, latency, windows, busiest, alerts, counted);
  }

  /**
   * One input stream.
   *
   * @param in messages in the input topic
   * @param rejected messages in the dead-letter topic
   * @param late messages in the topic of late records
   * @param rows rows in the table
   * @param written records in the windows that tile time, from the table; all of them once the job
   *     was drained
   */
  record Stream(long in, long rejected, long late, long rows, long written) {

    /** Whether each record that came in is accounted for. */
    boolean balanced() {
      return in == written + rejected + late;
    }
  }

  /** Percentiles of one endpoint over the newest window, milliseconds. */
  record Busiest(
      String endpoint,
      double ratePerSecond,
      double errorRatePercent,
      double p50Ms,
      double p95Ms,
      double p99Ms) {}
}
