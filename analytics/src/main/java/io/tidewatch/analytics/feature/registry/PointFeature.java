package io.tidewatch.analytics.feature.registry;

/** A feature of one field that has to see its values one by one, or in their order. */
public non-sealed interface PointFeature extends Feature {

  /** Its value over one window. */
  double of(PointColumn column);
}
