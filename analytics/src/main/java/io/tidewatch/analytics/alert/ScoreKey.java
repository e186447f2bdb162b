package io.tidewatch.analytics.alert;

import io.tidewatch.schemas.derived.AnomalyScore;

/**
 * A series of anomaly scores.
 *
 * @param model name of the telemetry model
 * @param deviceId id of the device
 * @param metric what is scored, {@link AnomalyScore#ROW} for the row as a whole
 */
public record ScoreKey(String model, String deviceId, String metric) {

  /** The series of a score. */
  public static ScoreKey of(AnomalyScore score) {
    return new ScoreKey(score.model(), score.entity(), score.metric());
  }
}
