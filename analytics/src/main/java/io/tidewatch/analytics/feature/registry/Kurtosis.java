package io.tidewatch.analytics.feature.registry;

/**
 * Adjusted excess kurtosis {@code G2 = n(n + 1) / ((n − 1)(n − 2)(n − 3)) · Σ((x − x̄) / s)⁴ − 3(n
 * − 1)² / ((n − 2)(n − 3))} with the sample deviation s (D. N. Joanes and C. A. Gill, as for {@link
 * Skewness}), as pandas has it: 0 of a normal distribution. {@code NaN} below four values, and
 * where all are equal.
 *
 * <p>Error: as for {@link Skewness}, of fourth powers.
 */
record Kurtosis() implements PointFeature {

  @Override
  public String name() {
    return "kurtosis";
  }

  @Override
  public String unit(String ofField) {
    return "1";
  }

  @Override
  public String definition() {
    return "adjusted excess kurtosis G2, 0 of a normal distribution; none below four values and where all are equal";
  }

  @Override
  public double of(PointColumn column) {
    int n = column.size();
    double deviation = column.sampleDeviation();
    if (n < 4 || !(deviation > 0)) {
      return Double.NaN;
    }
    double mean = column.mean();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double z = (column.value(i) - mean) / deviation;
      sum += z * z * z * z;
    }
    double m = n;
    return m * (m + 1) / ((m - 1) * (m - 2) * (m - 3)) * sum
        - 3 * (m - 1) * (m - 1) / ((m - 2) * (m - 3));
  }
}
