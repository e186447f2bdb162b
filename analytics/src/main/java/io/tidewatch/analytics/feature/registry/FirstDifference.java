package io.tidewatch.analytics.feature.registry;

/**
 * Last value less the one before, {@code x_n − x_(n−1)}, rounded once; {@code NaN} below two
 * values.
 */
record FirstDifference() implements PointFeature {

  @Override
  public String name() {
    return "first_difference";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "last value less the one before; none below two values";
  }

  @Override
  public double of(PointColumn column) {
    int n = column.size();
    return n < 2 ? Double.NaN : column.value(n - 1) - column.value(n - 2);
  }
}
