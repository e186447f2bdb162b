package io.tidewatch.analytics.feature.registry;

/**
 * Values that cleaning put in place of missing and removed ones, as a share of the records of the
 * window, 0 to 1.
 */
record ImputedRatio() implements SummaryFeature {

  @Override
  public String name() {
    return "imputed_ratio";
  }

  @Override
  public String unit(String ofField) {
    return "1";
  }

  @Override
  public String definition() {
    return "values put in place of missing and removed ones, as a share of the records of the window";
  }

  @Override
  public double of(Column column) {
    return (double) column.imputed() / column.records();
  }
}
