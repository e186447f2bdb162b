package io.tidewatch.benchmarks.sketch;

/** What is measured of a sketch, whoever made it. */
interface QuantileSummary {

  void add(double value);

  /**
   * @param from of the same kind
   */
  void merge(QuantileSummary from);

  /** The estimate of a quantile, 0 to 1. */
  double quantile(double q);

  /** How many it would be stored in. */
  int bytes();
}
