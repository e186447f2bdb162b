package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.ColumnSummary;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Statistic;
import org.apache.commons.statistics.descriptive.StatisticsConfiguration;

/**
 * Statistics of a whole column, computed by Apache Commons Statistics. The deviation is that of the
 * population (divided by n), as in a scaler; quantiles are those of Hyndman and Fan's definition 7,
 * as in the features and in NumPy.
 *
 * <p>Mean and deviation are computed in two passes over the values and rounded on the way: the same
 * values in another order may differ in the last bits. Memory: 8 bytes a value.
 */
public final class ColumnStatistics {

  private ColumnStatistics() {}

  /**
   * @param values of the column; one that is not finite is missing; stays as it is
   * @param quantiles probabilities, each 0 (the least value) to 1 (the greatest)
   * @throws IllegalArgumentException when a probability is not
   */
  public static ColumnSummary of(double[] values, double... quantiles) {
    SortedMap<Double, Double> byProbability = new TreeMap<>();
    for (double q : quantiles) {
      if (!(q >= 0 && q <= 1)) {
        throw new IllegalArgumentException("quantile: must be 0 to 1, was " + q);
      }
      byProbability.put(q + 0.0, Double.NaN); // −0 is the same probability
    }
    double[] present = Arrays.stream(values).filter(Double::isFinite).toArray();
    int missing = values.length - present.length;
    if (present.length == 0) {
      return ColumnSummary.withoutValues(missing, byProbability);
    }
    DoubleStatistics statistics =
        DoubleStatistics.of(
                EnumSet.of(
                    Statistic.MIN, Statistic.MAX, Statistic.MEAN, Statistic.STANDARD_DEVIATION),
                present)
            .setConfiguration(StatisticsConfiguration.withDefaults().withBiased(true));
    // It sorts in place, so it comes last: the order of the values counts above.
    Quantile quantile = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7).withCopy(false);
    byProbability.replaceAll((q, none) -> quantile.evaluate(present, q));
    double std = statistics.getAsDouble(Statistic.STANDARD_DEVIATION);
    return new ColumnSummary(
        present.length,
        missing,
        statistics.getAsDouble(Statistic.MIN),
        statistics.getAsDouble(Statistic.MAX),
        statistics.getAsDouble(Statistic.MEAN),
        Double.isFinite(std) ? std : Double.NaN,
        byProbability);
  }
}
