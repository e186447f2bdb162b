package io.tidewatch.engines.smile;

import io.tidewatch.analytics.forest.ForestBuilder;
import java.util.ArrayList;
import java.util.List;
import smile.anomaly.GrownNode;

/** Trees of Smile whose cuts are hyperplanes. */
final class PlaneConversion {
  private final ForestBuilder builder;
  private final int terms;

  PlaneConversion(ForestBuilder builder, int terms) {
    this.builder = builder;
    this.terms = terms;
  }

  /**
   * @param rows that came to the node, in standard units
   */
  void convert(int node, GrownNode from, List<double[]> rows) {
    GrownNode grown = from;
    while (!grown.isLeaf() && rows.size() > 1) {
      int[] features = new int[terms];
      float[] normal = new float[terms];
      int term = 0;
      for (int feature = 0; feature < grown.normal().length && term < terms; feature++) {
        if (grown.normal()[feature] != 0) {
          features[term] = feature;
          normal[term++] = (float) grown.normal()[feature];
        }
      }
      List<double[]> left = new ArrayList<>();
      List<double[]> right = new ArrayList<>();
      for (double[] row : rows) {
        (projection(features, normal, row) < grown.bound() ? left : right).add(row);
      }
      if (left.isEmpty() || right.isEmpty()) {
        grown = left.isEmpty() ? grown.right() : grown.left();
        continue;
      }
      int child = builder.cut(node, features, normal, grown.bound());
      convert(child, grown.left(), left);
      convert(child + 1, grown.right(), right);
      return;
    }
    builder.leaf(node, rows.size());
  }

  private static double projection(int[] features, float[] normal, double[] row) {
    double sum = 0;
    for (int term = 0; term < features.length; term++) {
      sum += normal[term] * row[features[term]];
    }
    return sum;
  }
}
