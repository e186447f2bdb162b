package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.feature.registry.Column;

/** A field of a {@link FeaturePane}, of which nothing is cleaned. */
record SummaryColumn(FeaturePane pane, int field) implements Column {

  @Override
  public long records() {
    return pane.records();
  }

  @Override
  public long missing() {
    return pane.records() - count();
  }

  @Override
  public long outliers() {
    return 0;
  }

  @Override
  public long imputed() {
    return 0;
  }

  @Override
  public long count() {
    return pane.moments().count(field);
  }

  @Override
  public double mean() {
    return pane.mean(field);
  }

  @Override
  public double sampleDeviation() {
    return pane.sampleDeviation(field);
  }

  @Override
  public double rootMeanSquare() {
    return pane.moments().rootMeanSquare(field);
  }

  @Override
  public double min() {
    return pane.min(field);
  }

  @Override
  public double max() {
    return pane.max(field);
  }
}
