package io.tidewatch.schemas.derived;

/**
 * The scores of the last 24 hours before a row, of all that is scored by the same model. Quantiles
 * and percentile are those of bins of 0.002.
 *
 * @param rows how many there are
 * @param mean their mean; {@code NaN} without any
 * @param std their standard deviation, that of the population; {@code NaN} without any
 * @param p95 95th percentile; {@code NaN} without any
 * @param p99 99th percentile; {@code NaN} without any
 * @param percentile how many percent of them are below the score of the row, 0 to 100; {@code NaN}
 *     without any
 */
public record ScoreContext(
    long rows, double mean, double std, double p95, double p99, double percentile) {

  /** Of no scores. */
  public static final ScoreContext NONE =
      new ScoreContext(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
