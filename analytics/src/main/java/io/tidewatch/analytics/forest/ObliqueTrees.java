package io.tidewatch.analytics.forest;

import io.tidewatch.analytics.window.Varint;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Trees whose cuts are hyperplanes over several features (Hariri et al.): left is where {@code Σ
 * normal·value < bound}, values in {@link StandardUnits}.
 *
 * <p>Memory: 24 bytes a node and 6 for each feature of a cut.
 */
final class ObliqueTrees implements Trees {
  private final TreeShape shape;
  private final StandardUnits units;
  private final int terms;
  private final short[] features;
  private final float[] normals;
  private final double[] bounds;

  ObliqueTrees(
      TreeShape shape,
      StandardUnits units,
      int terms,
      short[] features,
      float[] normals,
      double[] bounds) {
    this.shape = shape;
    this.units = units;
    this.terms = terms;
    this.features = features;
    this.normals = normals;
    this.bounds = bounds;
  }

  @Override
  public TreeShape shape() {
    return shape;
  }

  @Override
  public void encode(double[] row, long[] into) {
    for (int i = 0; i < row.length; i++) {
      into[i] = Double.doubleToRawLongBits(units.of(i, row[i]));
    }
  }

  @Override
  public double lengths(long[] encoded) {
    double sum = 0;
    for (int root : shape.roots()) {
      int node = root;
      while (!shape.isLeaf(node)) {
        double projected = 0;
        for (int term = node * terms; term < (node + 1) * terms; term++) {
          projected += normals[term] * Double.longBitsToDouble(encoded[features[term]]);
        }
        node = projected < bounds[node] ? shape.right()[node] - 1 : shape.right()[node];
      }
      sum += shape.lengths()[node];
    }
    return sum;
  }

  @Override
  public Side side(int node, double[] row) {
    double projected = 0;
    for (int term = node * terms; term < (node + 1) * terms; term++) {
      projected += normals[term] * units.of(features[term], row[features[term]]);
    }
    if (Double.isNaN(projected)) {
      return Side.UNKNOWN;
    }
    return projected < bounds[node] ? Side.LEFT : Side.RIGHT;
  }

  /** Each in proportion to how far it moved the row along the normal. */
  @Override
  public void blame(int node, double[] row, double amount, double[] blamed) {
    double whole = 0;
    for (int term = node * terms; term < (node + 1) * terms; term++) {
      whole += moved(term, row);
    }
    for (int term = node * terms; term < (node + 1) * terms && whole > 0; term++) {
      blamed[features[term]] += amount * moved(term, row) / whole;
    }
  }

  private double moved(int term, double[] row) {
    return Math.abs(normals[term] * units.of(features[term], row[features[term]]));
  }

  @Override
  public void writeCut(int node, DataOutput out) throws IOException {
    for (int term = node * terms; term < (node + 1) * terms; term++) {
      Varint.write((long) features[term] << 1, out);
      out.writeFloat(normals[term]);
    }
    out.writeDouble(bounds[node]);
  }
}
