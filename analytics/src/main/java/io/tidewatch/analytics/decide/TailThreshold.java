package io.tidewatch.analytics.decide;

import io.tidewatch.schemas.derived.ScoreContext;

/**
 * A threshold that follows the scores of the last day: beyond it lies the share {@code rate} of
 * rows like those of that day. Their tail is taken for exponential from the 95th percentile on: the
 * generalized Pareto distribution of excesses over a high threshold, of shape 0 (J. Pickands,
 * "Statistical Inference Using Extreme Order Statistics", Annals of Statistics 3, 1975; as a
 * threshold of streams: A. Siffer et al., KDD 2017). Scores end at 1, so their tail is shorter
 * rather than longer, and fewer are beyond. Two quantiles say how long it is: {@code t = p99 + (p99
 * − p95) · ln(0.01 / rate) / ln 5}.
 *
 * <p>It only raises the threshold of a model, never lowers it: what the training says is usual
 * stays so on a quiet day. It goes at most half way from there to 1, so that a day of anomalies
 * does not make the next one impossible to see.
 *
 * @param rate above 0, at most {@value #MOST_RATE}
 */
public record TailThreshold(double rate) {
  /** What lies beyond the 99th percentile; the formula prolongs a tail, it does not cut into it. */
  static final double MOST_RATE = 0.01;

  /** Of fewer rows, the 99th percentile is that of fewer than ten. */
  static final long LEAST_ROWS = 1_000;

  private static final double LOG_OF_SPAN = Math.log(5); // 0.05 beyond the one, 0.01 the other

  public TailThreshold {
    if (!(rate > 0 && rate <= MOST_RATE)) {
      throw new IllegalArgumentException(
          "tail_rate: must be above 0 and at most %s, was %s".formatted(MOST_RATE, rate));
    }
  }

  /**
   * The threshold of a row.
   *
   * @param ofModel that of its model, in (0, 1)
   * @param day the scores before it
   * @return {@code ofModel} or more, below 1
   */
  public double of(double ofModel, ScoreContext day) {
    if (day.rows() < LEAST_ROWS) {
      return ofModel;
    }
    double length = (day.p99() - day.p95()) / LOG_OF_SPAN;
    double tail = day.p99() + length * Math.log(MOST_RATE / rate);
    return Math.max(ofModel, Math.min(tail, ofModel + (1 - ofModel) / 2));
  }
}
