package io.tidewatch.analytics.forest;

/**
 * A hyperplane with a normal of so many features, each number normally distributed, through a point
 * that is uniform in the box of the node: Hariri et al., algorithm 2, lines 5 to 8. Features are
 * drawn among those that vary. A plane that passes the rows by is drawn again; after {@value
 * #TRIES} the cut is of one feature, which parts them always.
 */
final class ObliqueCutChoice implements CutChoice {
  private static final int TRIES = 8;

  private final NodeRows sample;
  private final TreeRandom random;
  private final int terms;
  private final int[] features;
  private final float[] normal;
  private final double[] projected;
  private int middle;
  private int varying;

  ObliqueCutChoice(NodeRows sample, TreeRandom random, int terms) {
    this.sample = sample;
    this.random = random;
    this.terms = terms;
    this.features = new int[terms];
    this.normal = new float[terms];
    this.projected = new double[sample.size()];
  }

  @Override
  public int cut(ForestBuilder builder, int node, int from, int to, int mayVary) {
    varying = mayVary;
    for (int place = varying - 1; place >= 0; place--) {
      if (!sample.readRange(sample.feature(place), from, to)) {
        sample.swapFeatures(place, --varying);
      }
    }
    for (int attempt = 0; attempt <= TRIES && varying > 0; attempt++) {
      int used = attempt == TRIES ? 1 : Math.min(terms, varying);
      double bound = draw(used, from, to);
      project(used, from, to);
      middle = sample.part(projected, bound, from, to, random);
      if (middle > from) {
        return builder.cut(node, features, normal, bound);
      }
    }
    return -1;
  }

  /** Chooses features, a normal and a point; returns where the plane lies along the normal. */
  private double draw(int used, int from, int to) {
    double bound = 0;
    for (int term = 0; term < terms; term++) {
      if (term < used) {
        sample.swapFeatures(term, term + random.below(varying - term));
        int feature = sample.feature(term);
        sample.readRange(feature, from, to);
        features[term] = feature;
        normal[term] = used == 1 ? 1 : (float) random.gaussian();
        double share = 1 - random.uniform();
        bound += normal[term] * (sample.min() * (1 - share) + sample.max() * share);
      } else {
        features[term] = features[0];
        normal[term] = 0;
      }
    }
    return bound;
  }

  private void project(int used, int from, int to) {
    for (int i = from; i < to; i++) {
      double sum = 0;
      for (int term = 0; term < used; term++) {
        sum += normal[term] * sample.value(i, features[term]);
      }
      projected[i - from] = sum;
    }
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
