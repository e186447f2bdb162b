package io.tidewatch.analytics.feature.registry;

/** Least value, exact; {@code NaN} without a value. */
record Minimum() implements SummaryFeature {

  @Override
  public String name() {
    return "min";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "least value; none of no value";
  }

  @Override
  public double of(Column column) {
    return column.min();
  }
}
