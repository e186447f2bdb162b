package io.tidewatch.analytics.feature.registry;

/**
 * Last value divided by the one before, {@code x_n / x_(n−1)}, rounded once; {@code NaN} below two
 * values and where the one before is 0.
 */
record RatioToPrevious() implements PointFeature {

  @Override
  public String name() {
    return "ratio_to_previous";
  }

  @Override
  public String unit(String ofField) {
    return "1";
  }

  @Override
  public String definition() {
    return "last value divided by the one before; none below two values and where that one is 0";
  }

  @Override
  public double of(PointColumn column) {
    int n = column.size();
    return n < 2 || column.value(n - 2) == 0
        ? Double.NaN
        : column.value(n - 1) / column.value(n - 2);
  }
}
