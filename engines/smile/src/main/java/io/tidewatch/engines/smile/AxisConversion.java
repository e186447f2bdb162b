package io.tidewatch.engines.smile;

import io.tidewatch.analytics.forest.ForestBuilder;
import java.util.ArrayList;
import java.util.List;
import smile.anomaly.GrownNode;

/** Trees of Smile with one feature a cut, cut for cut. */
final class AxisConversion {

  private AxisConversion() {}

  /**
   * @param rows that came to the node
   */
  static void convert(ForestBuilder builder, int node, GrownNode from, List<double[]> rows) {
    GrownNode grown = from;
    while (!grown.isLeaf() && rows.size() > 1) {
      int feature = feature(grown.normal());
      double slope = grown.normal()[feature];
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (double[] row : rows) {
        min = Math.min(min, row[feature]);
        max = Math.max(max, row[feature]);
      }
      double threshold = ForestBuilder.rounded(grown.bound() / slope, min, max);
      if (Double.isNaN(threshold)) {
        // parts nothing: go on where all are
        grown = slope * min < grown.bound() ? grown.left() : grown.right();
        continue;
      }
      List<double[]> below = new ArrayList<>();
      List<double[]> others = new ArrayList<>();
      for (double[] row : rows) {
        (row[feature] < threshold ? below : others).add(row);
      }
      // with a negative slope Smile's left is above
      int left = builder.cut(node, feature, threshold);
      convert(builder, left, slope > 0 ? grown.left() : grown.right(), below);
      convert(builder, left + 1, slope > 0 ? grown.right() : grown.left(), others);
      return;
    }
    builder.leaf(node, rows.size());
  }

  private static int feature(double[] normal) {
    int feature = 0;
    while (normal[feature] == 0 && feature < normal.length - 1) {
      feature++;
    }
    return feature;
  }
}
