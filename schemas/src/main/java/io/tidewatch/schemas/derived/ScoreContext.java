package io.tidewatch.schemas.derived;

/**
 * What was in the 24 hours before a row: of whole rows the scores of all that is scored by the same
 * model, quantiles and percentile those of bins of 0.002; of a single metric its values, one a
 * minute at most.
 *
 * @param rows how many there are
 * @param mean their mean; {@code NaN} without any
 * @param std their standard deviation, that of the population; {@code NaN} without any
 * @param p95 95th percentile; {@code NaN} without any
 * @param p99 99th percentile; {@code NaN} without any
 * @param percentile how many percent of them are below the score or value of the row, of equal ones
 *     half, 0 to 100; {@code NaN} without any
 */
public record ScoreContext(
    long rows, double mean, double std, double p95, double p99, double percentile) {

  /** Of no scores. */
  public static final ScoreContext NONE =
      new ScoreContext(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
