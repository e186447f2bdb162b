package io.tidewatch.analytics.alert;

import io.tidewatch.schemas.derived.AnomalyScore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Anomaly scores as series, one a device and scored metric, a sample at the end of each window.
 * Metrics: {@code score} and {@code threshold} in (0, 1); {@code is_anomaly}, 1 for an anomaly and
 * 0 for what is usual or suppressed; {@code severity} of an anomaly, 1 info, 2 warning, 3 critical,
 * else 0; {@code beyond}, 1 as long as the score is beyond its threshold, suppressed or not; {@code
 * percentile} of the score among those of 24 hours, 0 to 100; {@code expected}, {@code lower},
 * {@code upper} in the unit of the scored metric. Labels: {@code model}, {@code device_id}, {@code
 * metric}. Without a score there is no value.
 */
public final class ScoreSeries implements SeriesReader<ScoreKey, AnomalyScore> {
  private static final long serialVersionUID = 1;

  /** The metrics by name. */
  public static final Set<String> METRICS =
      Set.of(
          "score",
          "threshold",
          "is_anomaly",
          "severity",
          "beyond",
          "percentile",
          "expected",
          "lower",
          "upper");

  /**
   * The {@code suppress_for} of a rule about scores that does not say: a model that finds something
   * unusual finds it again with the next row.
   */
  public static final Duration SUPPRESS_FOR = Duration.ofMinutes(30);

  @Override
  public long timeMs(AnomalyScore score) {
    return score.windowEndMs();
  }

  @Override
  public boolean isCorrection(AnomalyScore score) {
    return score.revision() > 0;
  }

  @Override
  public Map<String, String> labels(ScoreKey key) {
    return Map.of("model", key.model(), "device_id", key.deviceId(), "metric", key.metric());
  }

  @Override
  public double metric(AnomalyScore score, String name) {
    if (Double.isNaN(score.score())) {
      return Double.NaN;
    }
    return switch (name) {
      case "score" -> score.score();
      case "threshold" -> score.threshold();
      case "is_anomaly" -> score.anomaly() ? 1 : 0;
      case "severity" -> score.anomaly() ? severity(score) : 0;
      case "beyond" -> score.beyond() ? 1 : 0;
      case "percentile" -> score.context().percentile();
      case "expected" -> score.expected();
      case "lower" -> score.lower();
      case "upper" -> score.upper();
      default -> Double.NaN;
    };
  }

  private static int severity(AnomalyScore score) {
    return switch (score.severity()) {
      case INFO -> 1;
      case WARNING -> 2;
      case CRITICAL -> 3;
    };
  }

  /** The model, what made the score what it is, and of latencies which requests were slow. */
  @Override
  public SampleOrigin origin(AnomalyScore score) {
    return new SampleOrigin(score.status().version(), score.attribution(), score.traceIds());
  }

  @Override
  public boolean knows(String metric) {
    return METRICS.contains(metric);
  }
}
