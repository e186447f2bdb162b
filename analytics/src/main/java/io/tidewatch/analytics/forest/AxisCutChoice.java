package io.tidewatch.analytics.forest;

/** A feature among those that vary, a threshold within its range, both uniformly at random. */
final class AxisCutChoice implements CutChoice {
  private final NodeRows sample;
  private final TreeRandom random;
  private int middle;
  private int varying;

  AxisCutChoice(NodeRows sample, TreeRandom random) {
    this.sample = sample;
    this.random = random;
  }

  @Override
  public int cut(ForestBuilder builder, int node, int from, int to, int mayVary) {
    varying = mayVary;
    while (varying > 0) {
      int place = random.below(varying);
      int feature = sample.feature(place);
      if (sample.readRange(feature, from, to)) {
        double threshold = Cut.between(sample.min(), sample.max(), random.uniform());
        if (!Double.isNaN(threshold)) {
          middle = sample.part(threshold, from, to, random);
          return builder.cut(node, feature, threshold);
        }
      }
      sample.swapFeatures(place, --varying);
    }
    return -1;
  }

  @Override
  public int middle() {
    return middle;
  }

  @Override
  public int varying() {
    return varying;
  }
}
