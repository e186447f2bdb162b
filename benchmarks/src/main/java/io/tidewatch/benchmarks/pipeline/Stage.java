package io.tidewatch.benchmarks.pipeline;

/** How far a message goes before it is discarded. */
public enum Stage {
  BYTES("Kafka, bytes discarded"),
  DECODE("Kafka, decoded with event time and watermarks, discarded: the ceiling"),
  JOB("the job as it is submitted: Kafka, decoded, windows, alerts, rows in PostgreSQL");

  private final String what;

  Stage(String what) {
    this.what = what;
  }

  String what() {
    return what;
  }
}
