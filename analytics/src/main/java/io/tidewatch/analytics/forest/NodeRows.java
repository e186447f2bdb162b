package io.tidewatch.analytics.forest;

import org.jspecify.annotations.Nullable;

/**
 * The sample of one tree, and its order: the rows of a node lie beside each other, each by where
 * its values begin. So do the features that may vary in it; those found constant are put behind
 * them.
 */
final class NodeRows {
  private final TrainingRows rows;
  private final int size;
  private final @Nullable StandardUnits units;
  private final double[] values;
  private final double[] column;
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
    this.values = new double[features.length * size];
    this.column = new double[size];
    this.order = new int[size];
    this.right = new int[size];
  }

  /** Takes the rows of the next tree. */
  void take(int[] sample) {
    for (int i = 0; i < features.length; i++) {
      features[i] = i;
    }
    for (int i = 0; i < size; i++) {
      int at = i * features.length;
      order[i] = at;
      double[] row = rows.row(sample[i]);
      if (units == null) {
        System.arraycopy(row, 0, values, at, row.length);
      } else {
        for (int feature = 0; feature < row.length; feature++) {
          values[at + feature] = units.of(feature, row[feature]);
        }
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
    return values[order[place] + feature];
  }

  /** Reads a feature in a node, its least and greatest; false where it does not vary. */
  boolean readRange(int feature, int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    int absent = 0;
    for (int i = from; i < to; i++) {
      double value = values[order[i] + feature];
      column[i] = value;
      least = value < least ? value : least;
      greatest = value > greatest ? value : greatest;
      absent += Double.isNaN(value) ? 1 : 0;
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
   * Parts the rows of the node last read at a threshold within its range; returns where the right
   * side begins.
   */
  int part(double threshold, int from, int to, TreeRandom random) {
    return missing == 0
        ? partComplete(threshold, from, to)
        : partByChance(threshold, from, to, random);
  }

  /** Changes places always: the sign of a difference tells how far, and nothing is a branch. */
  private int partComplete(double threshold, int from, int to) {
    int left = from;
    for (int i = from; i < to; i++) {
      int row = order[i];
      int less = (int) (Double.doubleToRawLongBits(column[i] - threshold) >>> 63);
      order[i] = order[left];
      order[left] = row;
      left += less;
    }
    return left;
  }

  private int partByChance(double threshold, int from, int to, TreeRandom random) {
    int present = to - from - missing;
    int below = below(threshold, from, to);
    int left = from;
    int kept = 0;
    for (int i = from; i < to; i++) {
      int row = order[i];
      double value = column[i];
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

  private int below(double threshold, int from, int to) {
    int below = 0;
    for (int i = from; i < to; i++) {
      below += column[i] < threshold ? 1 : 0;
    }
    return below;
  }
}
