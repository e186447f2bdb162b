package io.tidewatch.analytics.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How familiar a row is in each of many views: for each view some {@link BoxTree}s, which remember
 * where all rows so far have been. One view of a strange row may well be strange by chance; that
 * many are at once is what no noise does, so views are judged alone and their judgements averaged.
 *
 * <p>A view says nothing while it knows fewer than {@link #FEWEST} rows.
 *
 * <p>Memory: that of its trees, 24 bytes a node.
 */
final class FamiliarityForest {
  /** Rows a view learns before it speaks: a box of fewer is no range yet. */
  static final int FEWEST = 20;

  private final int trees;
  private final int maxNodes;
  private final long seed;
  private final double[] origins;
  private final int[] rows;
  private final BoxTree[] forest;

  FamiliarityForest(int views, int trees, int maxNodes, long seed) {
    this.trees = trees;
    this.maxNodes = maxNodes;
    this.seed = seed;
    this.origins = new double[views];
    this.rows = new int[views];
    this.forest = new BoxTree[views * trees];
    Arrays.setAll(forest, i -> new BoxTree(maxNodes));
  }

  /**
   * Judges a row by each view, then learns it.
   *
   * @param views a number each, {@code NaN} where it is not defined: neither judged nor learnt
   * @param row number of the row in the series
   * @param isolation receives the share of all rows, 0 to 1, that a cut is expected to part from
   *     this one; 0 where the view says nothing
   * @return the mean of those that said something, 0 when none did
   */
  double judge(double[] views, int row, double[] isolation) {
    long chance = seed + row * 0x9E3779B97F4A7C15L;
    double sum = 0;
    int speak = 0;
    for (int view = 0; view < views.length; view++) {
      isolation[view] = 0;
      if (Double.isNaN(views[view])) {
        continue;
      }
      if (rows[view] == 0) {
        origins[view] = views[view];
      }
      float x = (float) (views[view] - origins[view]);
      if (rows[view] >= FEWEST) {
        isolation[view] = isolation(view, x);
        sum += isolation[view];
        speak++;
      }
      rows[view]++;
      for (int i = view * trees; i < (view + 1) * trees; i++) {
        forest[i].learn(x, row, chance, i);
      }
    }
    return speak == 0 ? 0 : sum / speak;
  }

  private double isolation(int view, float x) {
    double sum = 0;
    for (int i = view * trees; i < (view + 1) * trees; i++) {
      sum += forest[i].isolation(x);
    }
    return sum / trees;
  }

  void forget(int before) {
    for (BoxTree tree : forest) {
      tree.forget(before);
    }
  }

  int nodes() {
    return Arrays.stream(forest).mapToInt(BoxTree::nodes).sum();
  }

  /** For each view its first value (double), its rows (int) and its trees. */
  void write(DataOutput out, int now) throws IOException {
    for (int view = 0; view < origins.length; view++) {
      out.writeDouble(origins[view]);
      out.writeInt(rows[view]);
      for (int i = view * trees; i < (view + 1) * trees; i++) {
        forest[i].write(out, now);
      }
    }
  }

  void read(DataInput in, int now) throws IOException {
    for (int view = 0; view < origins.length; view++) {
      origins[view] = StateBytes.finite("first value", in.readDouble());
      rows[view] = StateBytes.within("rows of a view", in.readInt(), now + 1);
      for (int i = view * trees; i < (view + 1) * trees; i++) {
        forest[i] = BoxTree.read(maxNodes, in, now);
      }
    }
  }
}
