package io.tidewatch.analytics.feature.registry;

/**
 * Sample standard deviation (n − 1) of the last {@code points} first differences of the window,
 * which take one value more; {@code NaN} below that many. It is what finance calls normal
 * volatility (of changes, after L. Bachelier, "Théorie de la spéculation", 1900), not of log
 * returns as in J. C. Hull, "Options, Futures, and Other Derivatives", ch. 15: readings may be zero
 * or negative.
 *
 * <p>Error: differences are rounded once each, then two passes over them.
 *
 * @param points how many, 2 to 1000
 */
record Volatility(int points) implements PointFeature {
  private static final int MOST = 1000;

  Volatility {
    if (points < 2 || points > MOST) {
      throw new IllegalArgumentException("points: must be 2 to " + MOST + ", was " + points);
    }
  }

  @Override
  public String name() {
    return "volatility_" + points;
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "sample standard deviation of the last %d first differences; none below that many"
        .formatted(points);
  }

  @Override
  public double of(PointColumn column) {
    int first = column.size() - points;
    if (first < 1) {
      return Double.NaN;
    }
    // The differences add up to the last value less the one before the first of them.
    double mean = (column.value(first + points - 1) - column.value(first - 1)) / points;
    double squares = 0;
    for (int i = first; i < first + points; i++) {
      double distance = column.value(i) - column.value(i - 1) - mean;
      squares += distance * distance;
    }
    return Math.sqrt(squares / (points - 1));
  }
}
