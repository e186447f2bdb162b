package io.tidewatch.analytics.feature.registry;

/**
 * Quantile of so many percent, see {@link io.tidewatch.analytics.exact.OrderStatistics}; {@code
 * NaN} without a value.
 *
 * @param percent 1 to 99
 */
record Quantile(int percent) implements PointFeature {
  private static final int MOST = 99;
  private static final double WHOLE = 100;

  Quantile {
    if (percent < 1 || percent > MOST) {
      throw new IllegalArgumentException("percent: must be 1 to " + MOST + ", was " + percent);
    }
  }

  @Override
  public String name() {
    return "p" + percent;
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "quantile of %d %%; none of no value".formatted(percent);
  }

  @Override
  public double of(PointColumn column) {
    return column.quantile(percent / WHOLE);
  }
}
