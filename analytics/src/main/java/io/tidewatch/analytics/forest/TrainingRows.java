package io.tidewatch.analytics.forest;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Rows from which a forest is grown. Values that are not finite are missing. A row without any
 * value says nothing and is left out, counted by {@link #leftOut}.
 *
 * <p>Holds on to the given arrays, which must not change meanwhile; a row with infinite values is
 * copied.
 */
public final class TrainingRows {
  /** With more, numbers of features would not fit where the codec puts them. */
  public static final int MAX_FEATURES = 4_096;

  private static final int LEAST_ROWS = 2;

  private final List<String> features;
  private final double[][] rows;
  private final int leftOut;
  private final double[] min;
  private final double[] max;
  private final int[] seen;

  private TrainingRows(List<String> features, double[][] rows, int leftOut) {
    this.features = features;
    this.rows = rows;
    this.leftOut = leftOut;
    this.min = new double[features.size()];
    this.max = new double[features.size()];
    this.seen = new int[features.size()];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        if (row[i] < min[i]) {
          min[i] = row[i];
        }
        if (row[i] > max[i]) {
          max[i] = row[i];
        }
        seen[i] += Double.isNaN(row[i]) ? 0 : 1;
      }
    }
  }

  /**
   * @param features their names, each once, in the order of the values of a row
   * @throws IllegalArgumentException when fewer than two rows have a value, or a row has another
   *     number of values: of one row alone nothing can be said to be unlike it
   */
  public static TrainingRows of(List<String> features, double[][] rows) {
    requireFeatures(features);
    double[][] kept = new double[rows.length][];
    int count = 0;
    for (double[] row : rows) {
      if (row.length != features.size()) {
        throw new IllegalArgumentException(
            "row: must have one value a feature (%d), had %d"
                .formatted(features.size(), row.length));
      }
      if (IsolationForest.missing(row) < row.length) {
        kept[count++] = finite(row);
      }
    }
    if (count < LEAST_ROWS) {
      throw new IllegalArgumentException(
          "rows: must be at least %d with a value, were %d of %d"
              .formatted(LEAST_ROWS, count, rows.length));
    }
    return new TrainingRows(List.copyOf(features), Arrays.copyOf(kept, count), rows.length - count);
  }

  static void requireFeatures(List<String> features) {
    if (features.isEmpty() || features.size() > MAX_FEATURES) {
      throw new IllegalArgumentException(
          "features: must be 1 to %d, were %d".formatted(MAX_FEATURES, features.size()));
    }
    int different = Set.copyOf(features).size();
    if (different != features.size()) {
      throw new IllegalArgumentException(
          "features: each must be named once, were %d different of %d"
              .formatted(different, features.size()));
    }
  }

  private static double[] finite(double[] row) {
    double[] clean = row;
    for (int i = 0; i < row.length; i++) {
      if (Double.isInfinite(row[i])) {
        clean = clean == row ? row.clone() : clean;
        clean[i] = Double.NaN;
      }
    }
    return clean;
  }

  /** Names, in the order of the values of a row. */
  public List<String> features() {
    return features;
  }

  /** How many rows there are, ≥ 2. */
  public int count() {
    return rows.length;
  }

  /** Rows that had no value at all. */
  public int leftOut() {
    return leftOut;
  }

  /** One row, not to be changed: finite values, {@code NaN} where one is missing. */
  public double[] row(int index) {
    return rows[index];
  }

  /** The rows without a missing value, for engines that know none. */
  public TrainingRows complete() {
    double[][] complete =
        Arrays.stream(rows)
            .filter(row -> IsolationForest.missing(row) == 0)
            .toArray(double[][]::new);
    return complete.length == rows.length ? this : of(features, complete);
  }

  /**
   * For each feature the one value it always had; {@code NaN} where it varied, or was missing in
   * more than half of the rows: what was seen now and then is not known to stand still.
   */
  double[] constants() {
    double[] constants = new double[min.length];
    for (int i = 0; i < constants.length; i++) {
      constants[i] = min[i] == max[i] && 2L * seen[i] >= rows.length ? min[i] : Double.NaN;
    }
    return constants;
  }
}
