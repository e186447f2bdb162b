package io.tidewatch.analytics.feature.registry;

/**
 * Arithmetic mean of the last {@code points} values of the window; {@code NaN} below that many.
 *
 * <p>Error: that of adding them up one after the other.
 *
 * @param points how many, 1 to 1000
 */
record MovingAverage(int points) implements PointFeature {
  private static final int MOST = 1000;

  MovingAverage {
    if (points < 1 || points > MOST) {
      throw new IllegalArgumentException("points: must be 1 to " + MOST + ", was " + points);
    }
  }

  @Override
  public String name() {
    return "moving_average_" + points;
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "mean of the last %d values; none below that many".formatted(points);
  }

  @Override
  public double of(PointColumn column) {
    int n = column.size();
    if (n < points) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = n - points; i < n; i++) {
      sum += column.value(i);
    }
    return sum / points;
  }
}
