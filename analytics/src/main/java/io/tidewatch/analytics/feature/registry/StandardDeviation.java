package io.tidewatch.analytics.feature.registry;

/**
 * Sample standard deviation (n − 1), from exact sums, within one unit in the last place; {@code
 * NaN} below two values.
 */
record StandardDeviation() implements SummaryFeature {

  @Override
  public String name() {
    return "std";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "sample standard deviation (n − 1); none below two values";
  }

  @Override
  public double of(Column column) {
    return column.sampleDeviation();
  }
}
