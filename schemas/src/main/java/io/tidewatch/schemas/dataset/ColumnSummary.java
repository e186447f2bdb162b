package io.tidewatch.schemas.dataset;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Statistics of one column of a data set, in its unit.
 *
 * @param count values that are there, at least 0
 * @param missing rows without a value, at least 0
 * @param min least value; {@code NaN} without a value
 * @param max greatest value; {@code NaN} without a value
 * @param mean arithmetic mean; {@code NaN} without a value
 * @param std standard deviation of the population (divided by n), as in a scaler; {@code NaN}
 *     without a value and where it does not fit a double
 * @param quantiles by their probability, 0 to 1; {@code NaN} without a value
 */
public record ColumnSummary(
    long count,
    long missing,
    double min,
    double max,
    double mean,
    double std,
    SortedMap<Double, Double> quantiles) {

  public ColumnSummary {
    if (count < 0 || missing < 0) {
      throw new IllegalArgumentException(
          "count and missing: must be ≥ 0, were %d and %d".formatted(count, missing));
    }
    quantiles = Collections.unmodifiableSortedMap(new TreeMap<>(quantiles));
    if (!quantiles.isEmpty() && !(quantiles.firstKey() >= 0 && quantiles.lastKey() <= 1)) {
      throw new IllegalArgumentException(
          "quantiles: must be of 0 to 1, were " + quantiles.keySet());
    }
  }

  /** Of a column without a value. */
  public static ColumnSummary withoutValues(long missing, Map<Double, Double> quantiles) {
    return new ColumnSummary(
        0, missing, Double.NaN, Double.NaN, Double.NaN, Double.NaN, new TreeMap<>(quantiles));
  }

  /** Rows with and without a value. */
  public long rows() {
    return count + missing;
  }

  /** The share of the rows that have no value, 0 to 1; {@code NaN} without a row. */
  public double missingRatio() {
    return (double) missing / rows();
  }
}
