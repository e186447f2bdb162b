package io.tidewatch.jobs.dataset;

/** Operator ids of the data set job. It has no state that outlives it, and ids all the same. */
final class DatasetUids {
  static final String SOURCE = "dataset-source";
  static final String READ = "dataset-read";
  static final String SELECT = "dataset-select";
  static final String TIMES = "dataset-times";
  static final String WINDOWS = "dataset-windows";
  static final String ENDS = "dataset-ends";
  static final String ORDER = "dataset-order";
  static final String STAGED_SINK = "dataset-staged-sink";

  private DatasetUids() {}
}
