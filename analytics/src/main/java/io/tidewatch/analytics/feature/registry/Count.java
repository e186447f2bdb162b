package io.tidewatch.analytics.feature.registry;

/**
 * How many values there are after cleaning, those that were put in place of missing ones among
 * them; 0 or more.
 */
record Count() implements SummaryFeature {

  @Override
  public String name() {
    return "count";
  }

  @Override
  public String unit(String ofField) {
    return "1";
  }

  @Override
  public String definition() {
    return "values after cleaning, imputed ones among them; 0 of no value";
  }

  @Override
  public double of(Column column) {
    return column.count();
  }
}
