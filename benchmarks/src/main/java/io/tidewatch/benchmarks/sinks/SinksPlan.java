package io.tidewatch.benchmarks.sinks;

import java.util.List;

/**
 * What is measured.
 *
 * @param warmUpRows of each kind, not counted
 * @param rows of a run without delay
 * @param delayedRows of a run of the table of delays
 * @param delaysMs of that table
 * @param repetitions how often all runs without delay are made, one after the other
 */
record SinksPlan(
    long warmUpRows, long rows, long delayedRows, List<Integer> delaysMs, int repetitions) {

  /** Rows of a batch, those of the shipped configuration. */
  static final int BATCH_ROWS = 500;

  /** Milliseconds after which a batch goes at the latest, likewise. */
  static final int BATCH_MS = 200;

  static SinksPlan of(boolean quick) {
    return quick
        ? new SinksPlan(1_000, 5_000, 1_000, List.of(0, 5), 1)
        : new SinksPlan(20_000, 100_000, 20_000, List.of(0, 5, 50), 3);
  }

  SinksPlan withRepetitions(int other) {
    return new SinksPlan(warmUpRows, rows, delayedRows, delaysMs, other);
  }
}
