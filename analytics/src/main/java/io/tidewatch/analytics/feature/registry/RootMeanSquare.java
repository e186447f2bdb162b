package io.tidewatch.analytics.feature.registry;

/**
 * Root of the mean of the squares, {@code √(Σx² / n)}, from an exact sum, within one unit in the
 * last place; {@code NaN} without a value, its magnitude of one.
 */
record RootMeanSquare() implements SummaryFeature {

  @Override
  public String name() {
    return "rms";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "root of the mean of the squares; none of no value";
  }

  @Override
  public double of(Column column) {
    return column.rootMeanSquare();
  }
}
