package io.tidewatch.analytics.feature.registry;

/**
 * Adjusted Fisher–Pearson coefficient {@code G1 = n / ((n − 1)(n − 2)) · Σ((x − x̄) / s)³} with the
 * sample deviation s (D. N. Joanes and C. A. Gill, "Comparing measures of sample skewness and
 * kurtosis", The Statistician 47(1), 1998), as pandas has it. {@code NaN} below three values, and
 * where all are equal.
 *
 * <p>Error: mean and deviation are exact to the last place, then one pass; some n roundings of the
 * sum of the magnitudes of the cubes.
 */
record Skewness() implements PointFeature {

  @Override
  public String name() {
    return "skewness";
  }

  @Override
  public String unit(String ofField) {
    return "1";
  }

  @Override
  public String definition() {
    return "adjusted Fisher–Pearson skewness G1; none below three values and where all are equal";
  }

  @Override
  public double of(PointColumn column) {
    int n = column.size();
    double deviation = column.sampleDeviation();
    if (n < 3 || !(deviation > 0)) {
      return Double.NaN;
    }
    double mean = column.mean();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double z = (column.value(i) - mean) / deviation;
      sum += z * z * z;
    }
    return (double) n / ((double) (n - 1) * (n - 2)) * sum;
  }
}
