package io.tidewatch.analytics.forest;

import org.jspecify.annotations.Nullable;

/**
 * The sample of one tree by columns, and its order: the rows of a node lie beside each other. So do
 * the features that may vary in it; those found constant are put behind them.
 */
final class NodeRows {
  private final TrainingRows rows;
  private final int size;
  private final @Nullable StandardUnits units;
  private final double[] columns;
  private final int[] order;
  private final int[] right;
  private final int[] features;
  private double min;
  private double max;
  private int missing;

  NodeRows(TrainingRows rows, int size, @Nullable StandardUnits units) {
    this.rows = rows;
    this.size = size;
    this.units = units;
    this.features = new int[rows.features().size()];
    this.columns = new double[features.length * size];
    this.order = new int[size];
    this.right = new int[size];
  }

  /** Takes the rows of the next tree. */
  void take(int[] sample) {
    for (int i = 0; i < features.length; i++) {
      features[i] = i;
    }
    for (int i = 0; i < size; i++) {
      order[i] = i;
      double[] row = rows.row(sample[i]);
      for (int feature = 0; feature < row.length; feature++) {
        columns[feature * size + i] =
            units == null ? row[feature] : units.of(feature, row[feature]);
      }
    }
  }

  int size() {
    return size;
  }

  int features() {
    return features.length;
  }

  /** A feature by its place; those that vary come first. */
  int feature(int place) {
    return features[place];
  }

  void swapFeatures(int a, int b) {
    int feature = features[a];
    features[a] = features[b];
    features[b] = feature;
  }

  double value(int place, int feature) {
    return columns[feature * size + order[place]];
  }

  /** Reads least and greatest of a feature in a node; false where it does not vary. */
  boolean readRange(int feature, int from, int to) {
    int column = feature * size;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    int absent = 0;
    for (int i = from; i < to; i++) {
      double value = columns[column + order[i]];
      if (value < least) {
        least = value;
      }
      if (value > greatest) {
        greatest = value;
      }
      if (Double.isNaN(value)) {
        absent++;
      }
    }
    min = least;
    max = greatest;
    missing = absent;
    return least < greatest;
  }

  /** Of the range last read. */
  double min() {
    return min;
  }

  double max() {
    return max;
  }

  /**
   * Parts the rows of a node at a threshold within the range last read; returns where the right
   * side begins.
   */
  int part(int feature, double threshold, int from, int to, TreeRandom random) {
    int column = feature * size;
    return missing == 0
        ? partComplete(column, threshold, from, to)
        : partByChance(column, threshold, from, to, random);
  }

  /** The sign of a difference is the comparison, without a branch. */
  private int partComplete(int column, double threshold, int from, int to) {
    int left = from;
    int kept = 0;
    for (int i = from; i < to; i++) {
      int row = order[i];
      int less = (int) (Double.doubleToRawLongBits(columns[column + row] - threshold) >>> 63);
      order[left] = row;
      right[kept] = row;
      left += less;
      kept += 1 - less;
    }
    System.arraycopy(right, 0, order, left, kept);
    return left;
  }

  private int partByChance(int column, double threshold, int from, int to, TreeRandom random) {
    int present = to - from - missing;
    int below = below(column, threshold, from, to);
    int left = from;
    int kept = 0;
    for (int i = from; i < to; i++) {
      int row = order[i];
      double value = columns[column + row];
      if (value < threshold || (Double.isNaN(value) && random.below(present) < below)) {
        order[left++] = row;
      } else {
        right[kept++] = row;
      }
    }
    System.arraycopy(right, 0, order, left, kept);
    return left;
  }

  /**
   * Parts the rows of a node by their projections, those that are {@code NaN} by chance; returns
   * where the right side begins.
   *
   * @param projected one a row of the node, the first for {@code from}
   */
  int part(double[] projected, double bound, int from, int to, TreeRandom random) {
    int present = 0;
    int below = 0;
    for (int i = from; i < to; i++) {
      double value = projected[i - from];
      present += Double.isNaN(value) ? 0 : 1;
      below += value < bound ? 1 : 0;
    }
    if (below == 0 || below == present) {
      return from;
    }
    int left = from;
    int kept = 0;
    for (int i = from; i < to; i++) {
      double value = projected[i - from];
      if (value < bound || (Double.isNaN(value) && random.below(present) < below)) {
        order[left++] = order[i];
      } else {
        right[kept++] = order[i];
      }
    }
    System.arraycopy(right, 0, order, left, kept);
    return left;
  }

  private int below(int column, double threshold, int from, int to) {
    int below = 0;
    for (int i = from; i < to; i++) {
      below += columns[column + order[i]] < threshold ? 1 : 0;
    }
    return below;
  }
}
