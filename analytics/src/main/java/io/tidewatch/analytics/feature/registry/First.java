package io.tidewatch.analytics.feature.registry;

/**
 * The earliest value, exact; {@code NaN} without a value. Of several in one millisecond that of the
 * record that is first in the order of values.
 */
record First() implements PointFeature {

  @Override
  public String name() {
    return "first";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "the earliest value; none of no value";
  }

  @Override
  public double of(PointColumn column) {
    return column.size() == 0 ? Double.NaN : column.value(0);
  }
}
