package io.tidewatch.analytics.feature.registry;

/** Greatest value, exact; {@code NaN} without a value. */
record Maximum() implements SummaryFeature {

  @Override
  public String name() {
    return "max";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "greatest value; none of no value";
  }

  @Override
  public double of(Column column) {
    return column.max();
  }
}
