package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.Workload;

/** A way to compute sliding windows, or what the way there costs. */
public interface Variant {

  /** Name on the command line and in the table. */
  String id();

  /** What it is, in the words of the table. */
  String what();

  /** The variant with the same input and nothing behind it: what it is compared with. */
  default String ceiling() {
    return "source";
  }

  /**
   * Whether a window costs what it will cost from the first event-second on, so that no sparse
   * seconds are needed to get there. True where a record is added to each of its windows.
   */
  default boolean isFullAtOnce() {
    return false;
  }

  /** Event-seconds with one record a key, after which all panes of a window exist. */
  default int sparseSeconds(int overlap) {
    return isFullAtOnce() ? 0 : overlap;
  }

  /** Event-seconds at the full rate after those, until a window holds all its records. */
  default int fullSeconds(int overlap, int perKeyAndSecond) {
    return isFullAtOnce() ? 0 : overlap;
  }

  /** Begins to work and returns. */
  Running start(Workload workload, Setting setting) throws Exception;
}
