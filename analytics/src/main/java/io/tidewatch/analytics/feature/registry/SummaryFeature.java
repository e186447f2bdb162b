package io.tidewatch.analytics.feature.registry;

/** A feature of one field that is a function of its count, exact sums and extremes. */
public non-sealed interface SummaryFeature extends Feature {

  /** Its value over one window. */
  double of(Column column);
}
