package io.tidewatch.analytics.feature.registry;

/** Arithmetic mean, from an exact sum rounded once; {@code NaN} without a value. */
record Mean() implements SummaryFeature {

  @Override
  public String name() {
    return "mean";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "arithmetic mean; none of no value";
  }

  @Override
  public double of(Column column) {
    return column.mean();
  }
}
