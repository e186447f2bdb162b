package io.tidewatch.schemas.derived;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How unlike the others one row of features is, or how unlike its past one metric.
 *
 * @param model name of the telemetry model; of an endpoint that which stands for one
 * @param entity the device, or the endpoint
 * @param metric what was scored: {@link #ROW} for the features of the window as a whole, else the
 *     name of the one that was scored by itself
 * @param windowStartMs start of the window, inclusive, milliseconds since the epoch
 * @param windowEndMs end of the window, exclusive, milliseconds since the epoch
 * @param score 0 to 1, greater is less usual; {@code NaN} where there is none: no model yet, or a
 *     row without any value
 * @param threshold above which a score is an anomaly, of single metrics from which on; {@code NaN}
 *     without a model
 * @param anomaly whether it is one that people should know of: the score is beyond the threshold,
 *     and nothing suppresses it
 * @param suppressed why a score beyond the threshold is none; null where nothing was suppressed
 * @param severity how unusual a score beyond the threshold is in its day; {@code INFO} of others
 * @param expected the value that was expected, in the unit of the metric; {@code NaN} where nothing
 *     is, as of whole rows
 * @param lower least value that would have been usual; {@code NaN} likewise
 * @param upper greatest value that would have been usual; {@code NaN} likewise
 * @param attribution of a score beyond the threshold: the features that made it so, of single
 *     metrics the ways to look at it, by name, each with its share in (0, 1], in sum 1; empty of
 *     others, and where none can be named
 * @param status of the model at that row
 * @param imputed whether a value of the window was put in place of a missing one
 * @param context what was before, for a day
 * @param revision of the row of features; the score with the highest is the one that counts
 * @param traceIds of the slowest requests of a window whose score is beyond the threshold, the
 *     slowest first; empty of others, and where none is known
 */
public record AnomalyScore(
    String model,
    String entity,
    String metric,
    long windowStartMs,
    long windowEndMs,
    double score,
    double threshold,
    boolean anomaly,
    @Nullable Suppression suppressed,
    Severity severity,
    double expected,
    double lower,
    double upper,
    Map<String, Double> attribution,
    ModelStatus status,
    boolean imputed,
    ScoreContext context,
    int revision,
    List<String> traceIds) {

  /** The metric of scores of whole rows. No feature begins with an underscore. */
  public static final String ROW = "_row";

  /** Of no known trace. */
  public AnomalyScore(
      String model,
      String entity,
      String metric,
      long windowStartMs,
      long windowEndMs,
      double score,
      double threshold,
      boolean anomaly,
      @Nullable Suppression suppressed,
      Severity severity,
      double expected,
      double lower,
      double upper,
      Map<String, Double> attribution,
      ModelStatus status,
      boolean imputed,
      ScoreContext context,
      int revision) {
    this(
        model,
        entity,
        metric,
        windowStartMs,
        windowEndMs,
        score,
        threshold,
        anomaly,
        suppressed,
        severity,
        expected,
        lower,
        upper,
        attribution,
        status,
        imputed,
        context,
        revision,
        List.of());
  }

  /** Whether the score is beyond its threshold, told or suppressed. */
  public boolean beyond() {
    return anomaly || suppressed != null;
  }
}
