package io.tidewatch.analytics.feature.registry;

/**
 * Slope of the straight line of least squares through the values over event time in seconds, {@code
 * Σ(t − t̄)(x − x̄) / Σ(t − t̄)²} (N. R. Draper and H. Smith, "Applied Regression Analysis", 3rd
 * ed., 1998, eq. 1.2.9). {@code NaN} below two different times.
 *
 * <p>Error: means first, then one pass over what differs from them, times counted from the first
 * value; some n roundings of the sum of the magnitudes added up.
 */
record SlopePerSecond() implements PointFeature {

  @Override
  public String name() {
    return "slope_per_second";
  }

  @Override
  public String unit(String ofField) {
    return ofField + "/s";
  }

  @Override
  public String definition() {
    return "slope of the least-squares line over event time; none below two different times";
  }

  @Override
  public double of(PointColumn column) {
    int n = column.size();
    double meanSeconds = 0;
    for (int i = 0; i < n; i++) {
      meanSeconds += column.seconds(i) / n;
    }
    double mean = column.mean();
    double products = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double seconds = column.seconds(i) - meanSeconds;
      products += seconds * (column.value(i) - mean);
      squares += seconds * seconds;
    }
    return n < 2 || column.timeMs(0) == column.timeMs(n - 1) ? Double.NaN : products / squares;
  }
}
