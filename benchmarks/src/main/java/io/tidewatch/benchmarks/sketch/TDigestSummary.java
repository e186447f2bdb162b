package io.tidewatch.benchmarks.sketch;

import com.tdunning.math.stats.MergingDigest;

final class TDigestSummary implements QuantileSummary {
  private static final double COMPRESSION = 100;

  private final MergingDigest digest = new MergingDigest(COMPRESSION);

  @Override
  public void add(double value) {
    digest.add(value);
  }

  @Override
  public void merge(QuantileSummary from) {
    digest.add(((TDigestSummary) from).digest);
  }

  @Override
  public double quantile(double q) {
    return digest.quantile(q);
  }

  @Override
  public int bytes() {
    return digest.smallByteSize();
  }
}
