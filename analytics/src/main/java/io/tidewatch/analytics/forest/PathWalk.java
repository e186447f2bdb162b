package io.tidewatch.analytics.forest;

import io.tidewatch.analytics.forest.Trees.Side;
import org.jspecify.annotations.Nullable;

/**
 * The slow way down the trees: for rows with missing values, and for those who ask why.
 *
 * <p>Where the value that is cut is missing, both sides are walked, and count as much as training
 * rows went there (Quinlan, C4.5, 1993, chapter 3): the average over what the value might have
 * been. So a missing value makes a row neither anomalous nor normal. At worst, where nearly all
 * values are missing, each node of the forest is visited once.
 *
 * <p>What a cut did is by how much it shortened the path that was to be expected: {@code c(n) − 1 −
 * c(n')} for a step from a node of {@code n} training rows to one of {@code n'}. Over a path these
 * add up to {@code c(m) − h(x)}, the exponent of the score but for its scale, so each feature has
 * the part of it that its cuts made.
 */
final class PathWalk {
  private final Trees trees;
  private final double[] row;
  private final double @Nullable [] shortened;

  /**
   * @param row finite values, {@code NaN} where one is missing
   * @param shortened is added to, one number a feature; null where nobody asks
   */
  PathWalk(Trees trees, double[] row, double @Nullable [] shortened) {
    this.trees = trees;
    this.row = row;
    this.shortened = shortened;
  }

  /** The sum of the path lengths of the row. */
  double lengths() {
    double sum = 0;
    for (int root : trees.shape().roots()) {
      sum += length(root, 1);
    }
    return sum;
  }

  private double length(int from, double weight) {
    TreeShape shape = trees.shape();
    int node = from;
    while (!shape.isLeaf(node)) {
      int right = shape.right()[node];
      Side side = trees.side(node, row);
      if (side == Side.UNKNOWN) {
        double share = (double) shape.rows()[right] / shape.rows()[node];
        return (1 - share) * length(right - 1, (1 - share) * weight)
            + share * length(right, share * weight);
      }
      int child = side == Side.LEFT ? right - 1 : right;
      if (shortened != null) {
        double amount =
            PathLength.expected(shape.rows()[node]) - 1 - PathLength.expected(shape.rows()[child]);
        trees.blame(node, row, weight * amount, shortened);
      }
      node = child;
    }
    return shape.lengths()[node];
  }
}
