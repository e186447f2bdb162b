package io.tidewatch.analytics.forest;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grown isolation forest: how soon cuts at random would part a row from all others.
 *
 * <p><b>Score</b>: {@code 2^(−E(h(x)) / c(m))} (Liu et al. 2008, equation 2), in (0, 1): {@code h}
 * is the number of cuts until the row is alone, completed by {@code c} where a tree ended before,
 * {@code c(m)} its average for {@code m} rows. 0.5 is an average row, near 1 an anomaly, well below
 * 0.5 a row amid many.
 *
 * <p><b>What a forest cannot know</b>:
 *
 * <ul>
 *   <li>A value that is not finite is missing, and the row is scored by its other values ({@link
 *       PathWalk}); {@link #missing} counts them. A row without any value has no score: {@code
 *       NaN}.
 *   <li>A feature that had the same value in all training rows is never cut. A row in which it has
 *       another one is parted from all training rows by that feature alone, with the first cut: its
 *       path has length 1 in each tree, and the score is the greatest there is.
 *   <li>A feature that was missing in all training rows, or in more than half of them and had the
 *       same value in the others, is not looked at.
 *   <li>Where all rows were alike, a row like them has score 0.5.
 *   <li>Grown from few rows, scores are coarse: from two rows, 0.5 is all there is.
 * </ul>
 *
 * <p>Error: rounding only; the same forest and row give the same score bit for bit, alone or among
 * others, on any machine. Memory: 32 bytes a node, of which a tree of {@code m} rows has fewer than
 * {@code 2·m}. Immutable, for any number of threads.
 */
public final class IsolationForest {
  private final ForestOrigin origin;
  private final @Nullable StandardUnits units;
  private final Trees trees;
  private final int[] constant;

  IsolationForest(ForestOrigin origin, @Nullable StandardUnits units, Trees trees) {
    this.origin = origin;
    this.units = units;
    this.trees = trees;
    int[] found = new int[origin.constants().length];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      if (!Double.isNaN(origin.constants()[i])) {
        found[count++] = i;
      }
    }
    this.constant = Arrays.copyOf(found, count);
  }

  /** How many values of a row are not finite. */
  public static int missing(double[] row) {
    int missing = 0;
    for (double value : row) {
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        missing++;
      }
    }
    return missing;
  }

  /** Names of the values of a row, in their order. */
  public List<String> features() {
    return origin.features();
  }

  /** With which it was grown. */
  public ForestSettings settings() {
    return origin.settings();
  }

  /** The engine that grew it. */
  public String engine() {
    return origin.engine();
  }

  /** From how many rows samples were drawn. */
  public int rows() {
    return origin.rows();
  }

  /**
   * Refuses rows of other features.
   *
   * @throws IllegalArgumentException when they are not those of the forest, in that order
   */
  public void requireFeatures(List<String> features) {
    if (!origin.features().equals(features)) {
      throw new IllegalArgumentException(
          "features: must be those of the forest, %s, were %s"
              .formatted(origin.features(), features));
    }
  }

  /**
   * The score of a row.
   *
   * @return in (0, 1), {@code NaN} where the row has no value
   * @throws IllegalArgumentException when it has another number of values than there are features
   */
  public double score(double[] row) {
    return score(row, new long[origin.features().size()]);
  }

  /**
   * The scores of rows, each as {@link #score} gives it.
   *
   * @throws IllegalArgumentException when one has another number of values than there are features
   */
  public double[] scores(double[][] rows) {
    long[] encoded = new long[origin.features().size()];
    double[] scores = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      scores[i] = score(rows[i], encoded);
    }
    return scores;
  }

  private double score(double[] row, long[] encoded) {
    requireLength(row);
    int missing = missing(row);
    if (hasMoved(row)) {
      return ofLengths(trees.shape().trees());
    }
    if (missing == 0) {
      trees.encode(row, encoded);
      return ofLengths(trees.lengths(encoded));
    }
    return missing == row.length
        ? Double.NaN
        : ofLengths(new PathWalk(trees, finite(row), null).lengths());
  }

  /**
   * Which features made a row anomalous: the share of each in what the path of the row is shorter
   * than average ({@link PathWalk}). Features that made it longer have 0, and so have missing ones;
   * features that moved for the first time share all. A cut of several features is shared by how
   * far each moved the row.
   *
   * @return one number a feature, ≥ 0, in sum 1; all 0 where no feature shortened the path
   * @throws IllegalArgumentException when the row has another number of values than there are
   *     features
   */
  public double[] attribution(double[] row) {
    requireLength(row);
    double[] shares = new double[row.length];
    if (hasMoved(row)) {
      for (int feature : constant) {
        shares[feature] = hasMoved(row, feature) ? 1 : 0;
      }
    } else if (missing(row) < row.length) {
      new PathWalk(trees, finite(row), shares).lengths();
    }
    double whole = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.max(0, shares[i]);
      whole += shares[i];
    }
    for (int i = 0; i < shares.length && whole > 0; i++) {
      shares[i] /= whole;
    }
    return shares;
  }

  private boolean hasMoved(double[] row) {
    for (int feature : constant) {
      if (hasMoved(row, feature)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasMoved(double[] row, int feature) {
    return Double.isFinite(row[feature]) && row[feature] != origin.constants()[feature];
  }

  private static double[] finite(double[] row) {
    double[] finite = row.clone();
    for (int i = 0; i < finite.length; i++) {
      finite[i] = Double.isFinite(finite[i]) ? finite[i] : Double.NaN;
    }
    return finite;
  }

  private double ofLengths(double sum) {
    double average = trees.shape().trees() * PathLength.expected(origin.sampleRows());
    return StrictMath.pow(2, -sum / average);
  }

  private void requireLength(double[] row) {
    if (row.length != origin.features().size()) {
      throw new IllegalArgumentException(
          "row: must have one value a feature (%d), had %d"
              .formatted(origin.features().size(), row.length));
    }
  }

  ForestOrigin origin() {
    return origin;
  }

  @Nullable StandardUnits units() {
    return units;
  }

  Trees trees() {
    return trees;
  }
}
