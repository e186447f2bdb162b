package io.tidewatch.analytics.feature.registry;

/**
 * Quantile of 0.5, the mean of the middle two of an even number of values: see {@link
 * io.tidewatch.analytics.exact.OrderStatistics}; {@code NaN} without a value.
 */
record Median() implements PointFeature {

  @Override
  public String name() {
    return "median";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "quantile of 0.5; none of no value";
  }

  @Override
  public double of(PointColumn column) {
    return column.quantile(0.5);
  }
}
