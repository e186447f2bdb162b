package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.forest.TreeRandom;
import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * An isolation tree of one view that learns a row at a time. Each node knows its box, the interval
 * of all that went through it, and how many rows that were. A row outside the box by {@code e},
 * where the box is {@code t} wide, is cut off by a random cut with the chance {@code e/(e + t)};
 * this is the rule by which the tree grows and by which it judges.
 *
 * <p>A leaf takes what lies within a hundredth of the range seen: finer steps are noise to whoever
 * reads a chart, and so the number of leaves stays small. When the nodes are used up, all leaves
 * take what comes. Values are floats, from the first value of the view: precise to 2^-24 of the
 * range, which no cut notices. Memory: at most 24 bytes a node.
 *
 * <p>Source: the growth by boxes is that of Mondrian trees (B. Lakshminarayanan, D. M. Roy, Y. W.
 * Teh, "Mondrian Forests", NIPS 2014, algorithms 3 and 4), without their life time; isolation as
 * evidence is from Liu, Ting and Zhou (2008).
 */
final class BoxTree {
  /** Share of the range seen within which a leaf takes a row. */
  static final float ABSORBED = 0.01f;

  private static final int FEW = 15;
  private static final short NONE = -1;

  private final int maxNodes;
  private float[] low = new float[FEW];
  private float[] high = new float[FEW];
  private float[] cut = new float[FEW];
  private int[] rows = new int[FEW];
  private int[] lastRow = new int[FEW];
  private short[] left = new short[FEW];
  private short[] right = new short[FEW];
  private int used;

  /**
   * @param maxNodes 3 to {@link Short#MAX_VALUE}
   */
  BoxTree(int maxNodes) {
    this.maxNodes = maxNodes;
  }

  int nodes() {
    return used;
  }

  /**
   * The share of all rows learnt that one random cut is expected to part from this value: 1 is
   * apart from everything, 0 is within a known leaf, and of an empty tree.
   */
  double isolation(float x) {
    if (used == 0) {
      return 0;
    }
    float tolerance = ABSORBED * (high[0] - low[0]);
    double whole = rows[0];
    double together = 1;
    double apart = 0;
    int node = 0;
    while (true) {
      float e = outside(node, x);
      boolean leaf = left[node] == NONE;
      if (e > 0 && !(leaf && e <= tolerance)) {
        double chance = e / ((double) e + (high[node] - low[node]));
        apart += together * chance * (rows[node] / whole);
        together *= 1 - chance;
      }
      if (leaf) {
        return apart;
      }
      node = x <= cut[node] ? left[node] : right[node];
    }
  }

  private float outside(int node, float x) {
    return Math.max(Math.max(low[node] - x, x - high[node]), 0);
  }

  /**
   * Learns a value.
   *
   * @param row number of the row, for {@link #forget}
   * @param seed of the chance of this row
   * @param tree number of the tree, which has chance of its own
   */
  void learn(float x, int row, long seed, int tree) {
    if (used == 0) {
      leaf(used++, x, row);
      return;
    }
    float tolerance = ABSORBED * (high[0] - low[0]);
    TreeRandom random = null;
    int node = 0;
    while (true) {
      float e = outside(node, x);
      boolean leaf = left[node] == NONE;
      if (e > 0) {
        if (used + 2 <= maxNodes && !(leaf && e <= tolerance)) {
          random = random == null ? new TreeRandom(seed, tree) : random;
          if (random.uniform() * ((double) e + (high[node] - low[node])) < e) {
            part(node, x, row, (float) (random.uniform() * e));
            return;
          }
        }
        low[node] = Math.min(low[node], x);
        high[node] = Math.max(high[node], x);
      }
      rows[node]++;
      if (leaf) {
        lastRow[node] = row;
        return;
      }
      node = x <= cut[node] ? left[node] : right[node];
    }
  }

  private void leaf(int node, float x, int row) {
    low[node] = x;
    high[node] = x;
    rows[node] = 1;
    lastRow[node] = row;
    left[node] = NONE;
  }

  /** Puts a cut above a node: on one side all it has, on the other the new value. */
  private void part(int node, float x, int row, float within) {
    reserve(used + 2);
    int old = used++;
    int leaf = used++;
    move(node, old);
    leaf(leaf, x, row);
    boolean below = x < low[old];
    // a value on the cut goes left, so the cut must not reach the box on the right
    cut[node] = below ? Math.min(x + within, Math.nextDown(low[old])) : high[old] + within;
    if (!below && cut[node] >= x) {
      cut[node] = high[old];
    }
    low[node] = Math.min(x, low[old]);
    high[node] = Math.max(x, high[old]);
    rows[node] = rows[old] + 1;
    left[node] = (short) (below ? leaf : old);
    right[node] = (short) (below ? old : leaf);
  }

  private void move(int from, int to) {
    low[to] = low[from];
    high[to] = high[from];
    cut[to] = cut[from];
    rows[to] = rows[from];
    lastRow[to] = lastRow[from];
    left[to] = left[from];
    right[to] = right[from];
  }

  private void reserve(int nodes) {
    if (nodes > low.length) {
      int length = Math.min(maxNodes, 2 * nodes);
      low = Arrays.copyOf(low, length);
      high = Arrays.copyOf(high, length);
      cut = Arrays.copyOf(cut, length);
      rows = Arrays.copyOf(rows, length);
      lastRow = Arrays.copyOf(lastRow, length);
      left = Arrays.copyOf(left, length);
      right = Arrays.copyOf(right, length);
    }
  }

  /** Forgets the leaves that no row came to since, unless none would be left. */
  void forget(int before) {
    int root = used <= 1 ? NONE : pruned(0, before);
    if (root < 0) {
      return;
    }
    BoxTree kept = new BoxTree(maxNodes);
    kept.reserve(used);
    kept.take(this, root);
    low = kept.low;
    high = kept.high;
    cut = kept.cut;
    rows = kept.rows;
    lastRow = kept.lastRow;
    left = kept.left;
    right = kept.right;
    used = kept.used;
  }

  /** The node that is left of this one, negative when none is. */
  private int pruned(int node, int before) {
    if (left[node] == NONE) {
      return lastRow[node] < before ? NONE : node;
    }
    int a = pruned(left[node], before);
    int b = pruned(right[node], before);
    if (a < 0 || b < 0) {
      return Math.max(a, b);
    }
    join(node, a, b);
    return node;
  }

  private void join(int node, int a, int b) {
    left[node] = (short) a;
    right[node] = (short) b;
    low[node] = low[a];
    high[node] = high[b];
    rows[node] = rows[a] + rows[b];
  }

  private int take(BoxTree from, int node) {
    int to = used++;
    low[to] = from.low[node];
    high[to] = from.high[node];
    cut[to] = from.cut[node];
    rows[to] = from.rows[node];
    lastRow[to] = from.lastRow[node];
    left[to] = NONE;
    if (from.left[node] != NONE) {
      left[to] = (short) take(from, from.left[node]);
      right[to] = (short) take(from, from.right[node]);
    }
    return to;
  }

  /**
   * Number of nodes ({@link Varint}), then each node before its children, the left one first: a
   * leaf as its rows, the rows since the last one that came to it (Varints) and its box (floats), a
   * cut as 0 and the cut (float). The rest follows from the leaves.
   */
  void write(DataOutput out, int now) throws IOException {
    Varint.write(used, out);
    if (used > 0) {
      write(0, out, now);
    }
  }

  private void write(int node, DataOutput out, int now) throws IOException {
    if (left[node] == NONE) {
      Varint.write(rows[node], out);
      Varint.write(now - lastRow[node], out);
      out.writeFloat(low[node]);
      out.writeFloat(high[node]);
    } else {
      out.writeByte(0);
      out.writeFloat(cut[node]);
      write(left[node], out, now);
      write(right[node], out, now);
    }
  }

  static BoxTree read(int maxNodes, DataInput in, int now) throws IOException {
    BoxTree tree = new BoxTree(maxNodes);
    int nodes = StateBytes.whole("nodes of a tree", in, maxNodes);
    tree.reserve(nodes);
    if (nodes > 0) {
      tree.read(in, now, nodes);
      if (tree.used != nodes) {
        throw new IOException(
            "detector: nodes of a tree must be %d, were %d".formatted(nodes, tree.used));
      }
    }
    return tree;
  }

  private int read(DataInput in, int now, int nodes) throws IOException {
    if (used == nodes) {
      throw new IOException("detector: nodes of a tree must be %d, were more".formatted(nodes));
    }
    int node = used++;
    left[node] = NONE;
    int count = StateBytes.whole("rows of a leaf", in, Integer.MAX_VALUE);
    if (count > 0) {
      rows[node] = count;
      lastRow[node] = now - StateBytes.whole("age of a leaf", in, now);
      low[node] = StateBytes.finite("box", in.readFloat());
      high[node] = StateBytes.finite("box", in.readFloat());
      if (low[node] > high[node]) {
        throw new IOException(
            "detector: box must ascend, was from %s to %s".formatted(low[node], high[node]));
      }
    } else {
      cut[node] = StateBytes.finite("cut", in.readFloat());
      int a = read(in, now, nodes);
      int b = read(in, now, nodes);
      if (!(high[a] <= cut[node] && cut[node] < low[b])) {
        throw new IOException("detector: cut must part the boxes, was " + cut[node]);
      }
      join(node, a, b);
    }
    return node;
  }
}
