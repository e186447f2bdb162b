package io.tidewatch.analytics.forest;

import io.tidewatch.analytics.window.Varint;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Trees whose cuts are of one feature each.
 *
 * <p>A node is two numbers beside each other: the {@link Cut#key} of its threshold, and where its
 * right child is (upper half) with its feature (lower half). A step down takes no branch, which a
 * processor would guess wrong half of the time: the sign of a difference chooses the child. Leaves
 * lead to themselves, so that each path has the same number of steps. Four trees are walked at
 * once, since each step waits for the one before. Walking four rows down one tree instead was
 * slower: it needs more registers than there are.
 *
 * <p>Memory: 32 bytes a node.
 */
final class AxisTrees implements Trees {
  private static final int LANES = 4;

  /** Below the keys of all values: nothing is less, so a leaf stays where it is. */
  private static final long NEVER_LESS = -(1L << 62);

  private final TreeShape shape;
  private final long[] nodes;

  AxisTrees(TreeShape shape, short[] cutFeatures, double[] thresholds) {
    this.shape = shape;
    this.nodes = new long[2 * shape.right().length];
    for (int node = 0; node < shape.right().length; node++) {
      boolean leaf = shape.isLeaf(node);
      nodes[2 * node] = leaf ? NEVER_LESS : Cut.key(thresholds[node]);
      nodes[2 * node + 1] = ((2L * shape.right()[node]) << 32) | (leaf ? 0 : cutFeatures[node]);
    }
  }

  @Override
  public TreeShape shape() {
    return shape;
  }

  @Override
  public void encode(double[] row, long[] into) {
    for (int i = 0; i < row.length; i++) {
      into[i] = Cut.key(row[i]);
    }
  }

  @Override
  public double lengths(long[] encoded) {
    long[] tree = nodes;
    int[] roots = shape.roots();
    double[] lengths = shape.lengths();
    int depth = shape.depth();
    double sum = 0;
    int next = 0;
    for (; next + LANES <= roots.length; next += LANES) {
      int a = 2 * roots[next];
      int b = 2 * roots[next + 1];
      int c = 2 * roots[next + 2];
      int d = 2 * roots[next + 3];
      for (int level = depth; level > 0; level--) {
        a = step(tree, a, encoded);
        b = step(tree, b, encoded);
        c = step(tree, c, encoded);
        d = step(tree, d, encoded);
      }
      sum = sum + lengths[a >> 1] + lengths[b >> 1] + lengths[c >> 1] + lengths[d >> 1];
    }
    for (; next < roots.length; next++) {
      int at = 2 * roots[next];
      for (int level = depth; level > 0; level--) {
        at = step(tree, at, encoded);
      }
      sum += lengths[at >> 1];
    }
    return sum;
  }

  /** To the right child, or to the left one where the value is below the threshold. */
  private static int step(long[] nodes, int at, long[] encoded) {
    long link = nodes[at + 1];
    int less = (int) ((encoded[(int) link] - nodes[at]) >>> 63);
    return (int) (link >>> 32) - 2 * less;
  }

  @Override
  public Side side(int node, double[] row) {
    double value = row[feature(node)];
    if (Double.isNaN(value)) {
      return Side.UNKNOWN;
    }
    return value < threshold(node) ? Side.LEFT : Side.RIGHT;
  }

  @Override
  public void blame(int node, double[] row, double amount, double[] blamed) {
    blamed[feature(node)] += amount;
  }

  @Override
  public void writeCut(int node, DataOutput out) throws IOException {
    Varint.write((long) feature(node) << 1, out);
    Varint.write(Long.reverse(Double.doubleToLongBits(threshold(node))), out);
  }

  private int feature(int node) {
    return (int) nodes[2 * node + 1];
  }

  private double threshold(int node) {
    return Cut.threshold(nodes[2 * node]);
  }
}
