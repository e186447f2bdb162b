package io.tidewatch.analytics.feature.registry;

/**
 * Share of the records of the window, 0 to 1, in which the field had no value before cleaning: it
 * was not sent, or was outside of a valid range that makes it missing.
 */
record MissingRatio() implements SummaryFeature {

  @Override
  public String name() {
    return "missing_ratio";
  }

  @Override
  public String unit(String ofField) {
    return "1";
  }

  @Override
  public String definition() {
    return "share of the records of the window in which the value was missing before cleaning";
  }

  @Override
  public double of(Column column) {
    return (double) column.missing() / column.records();
  }
}
