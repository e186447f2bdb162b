package io.tidewatch.analytics.feature.registry;

/** Outliers, whatever became of them, as a share of the records of the window, 0 to 1. */
record OutlierRatio() implements SummaryFeature {

  @Override
  public String name() {
    return "outlier_ratio";
  }

  @Override
  public String unit(String ofField) {
    return "1";
  }

  @Override
  public String definition() {
    return "outliers, whatever became of them, as a share of the records of the window";
  }

  @Override
  public double of(Column column) {
    return (double) column.outliers() / column.records();
  }
}
