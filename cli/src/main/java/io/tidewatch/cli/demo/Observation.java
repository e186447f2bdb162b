package io.tidewatch.cli.demo;

import io.tidewatch.schemas.derived.AlertEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen from outside at one moment.
 *
 * @param windows fired by the jobs
 * @param busiest the endpoint with most requests in the newest window; null when there is none
 * @param scores of the anomaly job
 * @param alerts all events so far, oldest first
 * @param restarts of the jobs
 */
record Observation(
    Stream telemetry,
    Stream latency,
    long windows,
    @Nullable Busiest busiest,
    Scores scores,
    List<AlertEvent> alerts,
    int restarts) {

  /** The same with restarts counted when the jobs still ran. */
  Observation withRestarts(int counted) {
    return new Observation(telemetry, latency, windows, busiest, scores, alerts, counted);
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

  /**
   * Anomaly scores in the table.
   *
   * @param vectors messages in the topic of feature vectors
   * @param whole rows that tell of a vector as a whole; as many once the job was drained
   * @param single rows that tell of one metric of a device or endpoint
   * @param scored rows of both kinds that have a score; the others warm up
   * @param anomalies rows of both kinds that are one
   * @param latest the newest anomaly, or the newest score while there is none; null before
   */
  record Scores(
      long vectors, long whole, long single, long scored, long anomalies, @Nullable Latest latest) {

    /** Whether each vector was told of. */
    boolean complete() {
      return whole == vectors;
    }
  }

  /**
   * One score.
   *
   * @param attribution what had the greatest share in an anomaly; empty without one
   */
  record Latest(
      String entity,
      String metric,
      double score,
      double threshold,
      boolean anomaly,
      String severity,
      String attribution) {}
}
