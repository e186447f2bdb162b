package io.tidewatch.benchmarks.variant;

/** A variant at work. It ends with its process. */
public interface Running {

  /** Windows emitted so far; for a ceiling, records that arrived. */
  long results();

  /** Checkpoints so far; all zero where there are none. */
  Checkpoints checkpoints();

  /**
   * @throws IllegalStateException when it no longer works
   */
  void check();

  /**
   * Checkpoints of a job.
   *
   * @param completed how many
   * @param failed how many were given up
   * @param lastBytes size of the last one
   * @param lastMs how long the last one took
   */
  record Checkpoints(long completed, long failed, long lastBytes, long lastMs) {
    static final Checkpoints NONE = new Checkpoints(0, 0, 0, 0);
  }
}
