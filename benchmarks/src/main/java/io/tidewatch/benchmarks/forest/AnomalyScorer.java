package io.tidewatch.benchmarks.forest;

/** What was grown from rows, whoever grew it. */
interface AnomalyScorer {

  double score(double[] row);

  double[] scores(double[][] rows);

  /** Which features it was; whatever the scorer says about that. */
  Object attribution(double[] row);
}
