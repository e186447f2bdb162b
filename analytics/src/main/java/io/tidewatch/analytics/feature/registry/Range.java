package io.tidewatch.analytics.feature.registry;

/** Greatest less least value, rounded once; {@code NaN} without a value, 0 of one. */
record Range() implements SummaryFeature {

  @Override
  public String name() {
    return "range";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "greatest less least value; none of no value, 0 of one";
  }

  @Override
  public double of(Column column) {
    return column.max() - column.min();
  }
}
