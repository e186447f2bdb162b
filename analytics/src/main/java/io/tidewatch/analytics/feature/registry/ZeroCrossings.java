package io.tidewatch.analytics.feature.registry;

/**
 * How often the sign changes from one value to the next; zeros are skipped, so that 1, 0, −1 is one
 * change and 1, 0, 1 none. Exact; {@code NaN} without a value, 0 of one.
 */
record ZeroCrossings() implements PointFeature {

  @Override
  public String name() {
    return "zero_crossings";
  }

  @Override
  public String unit(String ofField) {
    return "1";
  }

  @Override
  public String definition() {
    return "how often the sign changes, zeros skipped; none of no value, 0 of one";
  }

  @Override
  public double of(PointColumn column) {
    int crossings = 0;
    double before = 0;
    for (int i = 0; i < column.size(); i++) {
      double sign = Math.signum(column.value(i));
      if (sign != 0) {
        crossings += before != 0 && sign != before ? 1 : 0;
        before = sign;
      }
    }
    return column.size() == 0 ? Double.NaN : crossings;
  }
}
