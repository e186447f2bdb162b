package io.tidewatch.analytics.feature.registry;

/**
 * Average rate of change over the window: last less first value, divided by the seconds between
 * them, {@code (x_n − x_1) / (t_n − t_1)} (J. Stewart, "Calculus", 8th ed., 2015, section 2.7).
 * Three roundings. {@code NaN} below two different times.
 */
record RateOfChange() implements PointFeature {

  @Override
  public String name() {
    return "rate_of_change";
  }

  @Override
  public String unit(String ofField) {
    return ofField + "/s";
  }

  @Override
  public String definition() {
    return "last less first value, divided by the seconds between them; none below two different times";
  }

  @Override
  public double of(PointColumn column) {
    int last = column.size() - 1;
    return last < 1 || column.timeMs(0) == column.timeMs(last)
        ? Double.NaN
        : (column.value(last) - column.value(0)) / column.seconds(last);
  }
}
