package io.tidewatch.analytics.forest;

/** One tree, cut from its root down: algorithm 2 of Liu et al. 2008. */
final class TreeGrowth {
  private final ForestBuilder builder;
  private final NodeRows sample;
  private final CutChoice choice;
  private final int maxDepth;

  TreeGrowth(ForestBuilder builder, NodeRows sample, CutChoice choice, int maxDepth) {
    this.builder = builder;
    this.sample = sample;
    this.choice = choice;
    this.maxDepth = maxDepth;
  }

  void grow(int root) {
    grow(root, 0, sample.size(), sample.features(), 0);
  }

  /**
   * @param varying features that may vary among the rows, the first so many of the sample's
   */
  private void grow(int node, int from, int to, int varying, int depth) {
    if (depth == maxDepth || to - from <= 1) {
      builder.leaf(node, to - from);
      return;
    }
    int left = choice.cut(builder, node, from, to, varying);
    if (left < 0) {
      builder.leaf(node, to - from);
      return;
    }
    int middle = choice.middle();
    int stillVarying = choice.varying();
    grow(left, from, middle, stillVarying, depth + 1);
    grow(left + 1, middle, to, stillVarying, depth + 1);
  }
}
