package io.tidewatch.analytics.feature.registry;

/**
 * The latest value, exact; {@code NaN} without a value. Of several in one millisecond that of the
 * record that is last in the order of values.
 */
record Last() implements PointFeature {

  @Override
  public String name() {
    return "last";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "the latest value; none of no value";
  }

  @Override
  public double of(PointColumn column) {
    return column.size() == 0 ? Double.NaN : column.value(column.size() - 1);
  }
}
