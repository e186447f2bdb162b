package io.tidewatch.analytics.feature.registry;

/**
 * Mean magnitude of the first differences, {@code Σ|x_i − x_(i−1)| / (n − 1)} (M. Christ et al.,
 * "Time Series FeatuRe Extraction on basis of Scalable Hypothesis tests (tsfresh)", Neurocomputing
 * 307, 2018). {@code NaN} below two values.
 *
 * <p>Error: that of adding up n − 1 magnitudes.
 */
record MeanAbsoluteChange() implements PointFeature {

  @Override
  public String name() {
    return "mean_absolute_change";
  }

  @Override
  public String unit(String ofField) {
    return ofField;
  }

  @Override
  public String definition() {
    return "mean magnitude of the first differences; none below two values";
  }

  @Override
  public double of(PointColumn column) {
    int n = column.size();
    double sum = 0;
    for (int i = 1; i < n; i++) {
      sum += Math.abs(column.value(i) - column.value(i - 1));
    }
    return n < 2 ? Double.NaN : sum / (n - 1);
  }
}
