package io.tidewatch.analytics.decide;

import java.io.Serializable;

/**
 * Above which score a row is an anomaly: beyond the tail of the scores of the training, by as much
 * as the tail is long. {@code q + margin · (q − median)} with {@code q} a high quantile of the
 * scores; at most half way from {@code q} to 1, so that a training with anomalies in it does not
 * make the next one impossible to see.
 *
 * <p>No share of the rows is anomalous by definition, as a contamination would have it: of rows
 * that are like those of the training, hardly any is beyond a tail as long again.
 *
 * @param quantile of the scores where their tail begins, 0.5 to below 1
 * @param margin how many lengths of the tail are added, ≥ 0
 * @param least no threshold is below this; 0.5 is the score of an average row, so 0.5 to below 1
 */
public record ThresholdRule(double quantile, double margin, double least) implements Serializable {

  public ThresholdRule {
    if (!(quantile >= 0.5 && quantile < 1)) {
      throw new IllegalArgumentException("quantile: must be in [0.5, 1), was " + quantile);
    }
    if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("margin: must be ≥ 0, was " + margin);
    }
    if (!(least >= 0.5 && least < 1)) {
      throw new IllegalArgumentException("least: must be in [0.5, 1), was " + least);
    }
  }

  /**
   * The threshold of a model.
   *
   * @param ascending scores of the rows of its training, in [0, 1], at least one
   * @return in (0, 1)
   */
  public double of(double[] ascending) {
    double tail = quantile(ascending, quantile);
    double length = tail - quantile(ascending, 0.5);
    return Math.max(least, tail + Math.min(margin * length, (1 - tail) / 2));
  }

  /**
   * A quantile: the lower order statistic, as the sketches take it.
   *
   * @param ascending at least one number
   * @param q 0 to 1
   */
  public static double quantile(double[] ascending, double q) {
    return ascending[(int) Math.floor(q * (ascending.length - 1))];
  }
}
