package io.tidewatch.analytics.forest;

import io.tidewatch.analytics.window.Varint;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Trees whose cuts are of one feature each.
 *
 * <p>A node is two numbers beside each other: the {@link Cut#key} of its threshold, and its right
 * child (upper half) with its feature (lower half). A step down is {@code right − (key <
 * threshold)}, without a branch; leaves lead to themselves, so that each path has the same number
 * of steps and nothing is guessed. Four paths run at once, since each step waits for the one
 * before.
 *
 * <p>Memory: 32 bytes a node.
 */
final class AxisTrees implements Trees {
  private static final int LANES = 4;

  private final TreeShape shape;
  private final long[] nodes;
  private final int features;

  AxisTrees(TreeShape shape, int features, short[] cutFeatures, double[] thresholds) {
    this.shape = shape;
    this.features = features;
    this.nodes = new long[2 * shape.right().length];
    for (int node = 0; node < shape.right().length; node++) {
      boolean leaf = shape.isLeaf(node);
      nodes[2 * node] = leaf ? Cut.NEVER_LESS : Cut.key(thresholds[node]);
      nodes[2 * node + 1] = (long) shape.right()[node] << 32 | (leaf ? 0 : cutFeatures[node]);
    }
  }

  @Override
  public TreeShape shape() {
    return shape;
  }

  @Override
  public void encode(double[] row, long[] into, int at) {
    for (int i = 0; i < row.length; i++) {
      into[at + i] = Cut.key(row[i]);
    }
  }

  @Override
  public void addLengths(long[] encoded, int rows, double[] sums) {
    int whole = rows - rows % LANES;
    if (whole > 0) {
      for (int root : shape.roots()) {
        addLengths(root, encoded, whole, sums);
      }
    }
    for (int row = whole; row < rows; row++) {
      sums[row] += lengths(encoded, row * features);
    }
  }

  /** Of one tree, four rows at once. */
  private void addLengths(int root, long[] encoded, int rows, double[] sums) {
    long[] tree = nodes;
    double[] lengths = shape.lengths();
    int depth = shape.depth();
    for (int row = 0; row < rows; row += LANES) {
      int from = row * features;
      int a = root;
      int b = root;
      int c = root;
      int d = root;
      for (int level = depth; level > 0; level--) {
        a = step(tree, a, encoded, from);
        b = step(tree, b, encoded, from + features);
        c = step(tree, c, encoded, from + 2 * features);
        d = step(tree, d, encoded, from + 3 * features);
      }
      sums[row] += lengths[a];
      sums[row + 1] += lengths[b];
      sums[row + 2] += lengths[c];
      sums[row + 3] += lengths[d];
    }
  }

  /** Of one row, four trees at once. */
  private double lengths(long[] encoded, int from) {
    long[] tree = nodes;
    int[] roots = shape.roots();
    double[] lengths = shape.lengths();
    int depth = shape.depth();
    double sum = 0;
    int next = 0;
    for (; next + LANES <= roots.length; next += LANES) {
      int a = roots[next];
      int b = roots[next + 1];
      int c = roots[next + 2];
      int d = roots[next + 3];
      for (int level = depth; level > 0; level--) {
        a = step(tree, a, encoded, from);
        b = step(tree, b, encoded, from);
        c = step(tree, c, encoded, from);
        d = step(tree, d, encoded, from);
      }
      sum = sum + lengths[a] + lengths[b] + lengths[c] + lengths[d];
    }
    for (; next < roots.length; next++) {
      int node = roots[next];
      for (int level = depth; level > 0; level--) {
        node = step(tree, node, encoded, from);
      }
      sum += lengths[node];
    }
    return sum;
  }

  private static int step(long[] nodes, int node, long[] encoded, int from) {
    long link = nodes[2 * node + 1];
    long less = (encoded[from + (int) link] - nodes[2 * node]) >>> 63;
    return (int) (link >>> 32) - (int) less;
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
