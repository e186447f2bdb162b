package io.tidewatch.analytics.forest;

import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of trees, one after the other, each node before its left child and that before its right
 * one. A node begins with a number ({@link Varint}). Odd: a leaf, twice its rows and one. Even: a
 * cut, twice its feature. A cut of one feature goes on with its threshold, the bits of the double
 * in reverse as a Varint, since its last ones are mostly 0. A hyperplane goes on with the number of
 * the normal (float), then feature and number of the others likewise, and the bound (double).
 *
 * <p>Nothing is believed: what is read grows no larger than the samples it claims to be from.
 */
final class TreesCodec {
  private final DataInput in;
  private final ForestOrigin origin;
  private final ForestBuilder builder;
  private final int terms;
  private final int maxDepth;
  private int left;

  private TreesCodec(DataInput in, ForestOrigin origin, ForestBuilder builder) {
    this.in = in;
    this.origin = origin;
    this.builder = builder;
    this.terms = origin.settings().extensionLevel() + 1;
    this.maxDepth = ForestSettings.maxDepth(origin.sampleRows());
  }

  static void write(Trees trees, DataOutput out) throws IOException {
    for (int root : trees.shape().roots()) {
      write(trees, root, out);
    }
  }

  private static void write(Trees trees, int node, DataOutput out) throws IOException {
    TreeShape shape = trees.shape();
    if (shape.isLeaf(node)) {
      Varint.write(((long) shape.rows()[node] << 1) | 1, out);
    } else {
      trees.writeCut(node, out);
      write(trees, shape.right()[node] - 1, out);
      write(trees, shape.right()[node], out);
    }
  }

  static Trees read(DataInput in, ForestOrigin origin, @Nullable StandardUnits units)
      throws IOException {
    ForestBuilder builder = new ForestBuilder(origin.settings(), origin.features().size(), units);
    TreesCodec codec = new TreesCodec(in, origin, builder);
    for (int tree = 0; tree < origin.settings().trees(); tree++) {
      codec.left = origin.sampleRows();
      codec.read(builder.tree(), 0);
      if (codec.left != 0) {
        throw new IOException(
            "forest: leaves of a tree must have its %d rows, lacked %d"
                .formatted(origin.sampleRows(), codec.left));
      }
    }
    return builder.trees();
  }

  private void read(int node, int depth) throws IOException {
    long first = Varint.read(in);
    if ((first & 1) != 0) {
      long rows = first >>> 1;
      if (rows < 1 || rows > left) {
        throw new IOException(
            "forest: rows of a leaf must be 1 to %d, were %d".formatted(left, rows));
      }
      left -= (int) rows;
      builder.leaf(node, (int) rows);
      return;
    }
    if (depth == maxDepth) {
      throw new IOException("forest: a path must end after %d cuts, went on".formatted(maxDepth));
    }
    int child = builder.units() == null ? readCut(node, first) : readPlane(node, first);
    read(child, depth + 1);
    read(child + 1, depth + 1);
  }

  private int readCut(int node, long first) throws IOException {
    double threshold = Double.longBitsToDouble(Long.reverse(Varint.read(in)));
    if (!Double.isFinite(threshold) || Cut.threshold(Cut.key(threshold)) != threshold) {
      throw new IOException("forest: threshold must be finite and even, was " + threshold);
    }
    return builder.cut(node, feature(first), threshold);
  }

  private int readPlane(int node, long first) throws IOException {
    int[] features = new int[terms];
    float[] normal = new float[terms];
    for (int term = 0; term < terms; term++) {
      features[term] = feature(term == 0 ? first : Varint.read(in));
      normal[term] = finite(in.readFloat());
    }
    double bound = in.readDouble();
    if (!Double.isFinite(bound)) {
      throw new IOException("forest: bound must be finite, was " + bound);
    }
    return builder.cut(node, features, normal, bound);
  }

  private static float finite(float value) throws IOException {
    if (!Float.isFinite(value)) {
      throw new IOException("forest: normal must be finite, was " + value);
    }
    return value;
  }

  private int feature(long written) throws IOException {
    long feature = written >>> 1;
    if ((written & 1) != 0 || feature >= origin.features().size()) {
      throw new IOException(
          "forest: feature must be one of %d, was %d".formatted(origin.features().size(), feature));
    }
    return (int) feature;
  }
}
