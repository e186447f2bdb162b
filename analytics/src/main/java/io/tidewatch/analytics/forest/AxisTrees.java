package io.tidewatch.analytics.forest;

import io.tidewatch.analytics.window.Varint;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Trees whose cuts are of one feature each.
 *
 * <p>Each feature has the thresholds of all its cuts, sorted. A row is told by how many of them lie
 * at or below each of its values, which says on which side of any cut it is. So a node is one
 * number of 64 bits: from the top, its feature (12 bits), the place of its threshold among those of
 * the feature, counted from 1 (32), and its right child (20).
 *
 * <p>A step down takes no branch, which a processor would guess wrong half of the time. Leaves lead
 * to themselves, so that each path has the same number of steps. Four trees are walked at once,
 * since each step waits for the one before. Walking four rows down one tree instead was slower: it
 * needs more registers than there are.
 *
 * <p>Memory: 24 bytes a node, 8 a threshold.
 */
final class AxisTrees implements Trees {
  private static final int LANES = 4;

  private static final int FEATURE_SHIFT = 52;
  private static final int PLACE_SHIFT = 20;
  private static final int NODE_MASK = ForestSettings.MAX_NODES - 1;

  private final TreeShape shape;

  /** Where the thresholds of a feature begin; one more than there are features. */
  private final int[] starts;

  /** {@link Cut#key} of each threshold. */
  private final long[] keys;

  private final long[] nodes;

  AxisTrees(TreeShape shape, int features, short[] cutFeatures, double[] thresholds) {
    this.shape = shape;
    this.starts = new int[features + 1];
    int count = shape.right().length;
    for (int node = 0; node < count; node++) {
      if (!shape.isLeaf(node)) {
        starts[cutFeatures[node] + 1]++;
      }
    }
    for (int feature = 0; feature < features; feature++) {
      starts[feature + 1] += starts[feature];
    }
    this.keys = new long[starts[features]];
    int[] next = Arrays.copyOf(starts, features);
    for (int node = 0; node < count; node++) {
      if (!shape.isLeaf(node)) {
        keys[next[cutFeatures[node]]++] = Cut.key(thresholds[node]);
      }
    }
    for (int feature = 0; feature < features; feature++) {
      Arrays.sort(keys, starts[feature], starts[feature + 1]);
    }
    this.nodes = new long[count];
    for (int node = 0; node < count; node++) {
      nodes[node] = shape.right()[node];
      if (!shape.isLeaf(node)) {
        int feature = cutFeatures[node];
        long place = atOrBelow(feature, Cut.key(thresholds[node]));
        nodes[node] |= (long) feature << FEATURE_SHIFT | place << PLACE_SHIFT;
      }
    }
  }

  @Override
  public TreeShape shape() {
    return shape;
  }

  @Override
  public void encode(double[] row, int[] into) {
    for (int i = 0; i < row.length; i++) {
      into[i] = atOrBelow(i, Cut.key(row[i]));
    }
  }

  /** How many thresholds of a feature there are up to a key; halves the range without a branch. */
  private int atOrBelow(int feature, long key) {
    int from = starts[feature];
    int left = starts[feature + 1] - from;
    int at = from;
    while (left > 0) {
      int half = (left + 1) >>> 1;
      int less = (int) ((key - keys[at + half - 1]) >> 63);
      at += half & ~less;
      left -= half;
    }
    return at - from;
  }

  @Override
  public double lengths(int[] encoded) {
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
        a = step(tree, a, encoded);
        b = step(tree, b, encoded);
        c = step(tree, c, encoded);
        d = step(tree, d, encoded);
      }
      sum = sum + lengths[a] + lengths[b] + lengths[c] + lengths[d];
    }
    for (; next < roots.length; next++) {
      int node = roots[next];
      for (int level = depth; level > 0; level--) {
        node = step(tree, node, encoded);
      }
      sum += lengths[node];
    }
    return sum;
  }

  /** To the right child, or one less where the value is below the threshold. */
  private static int step(long[] nodes, int node, int[] encoded) {
    long cut = nodes[node];
    int less = (encoded[(int) (cut >>> FEATURE_SHIFT)] - (int) (cut >>> PLACE_SHIFT)) >>> 31;
    return ((int) cut & NODE_MASK) - less;
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
    return (int) (nodes[node] >>> FEATURE_SHIFT);
  }

  private double threshold(int node) {
    return Cut.threshold(keys[starts[feature(node)] + (int) (nodes[node] >>> PLACE_SHIFT) - 1]);
  }
}
