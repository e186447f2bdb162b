package io.tidewatch.benchmarks.alerts;

/**
 * How large the three runs are.
 *
 * @param backlogDevices whose readings wait in the topic when the capacity is measured
 * @param backlogSeconds event-seconds of them
 * @param backlogWarmUpSeconds of these, read before the measurement
 * @param pacedWarmUpSeconds event-seconds of the paced run before the events that count
 * @param pacedSeconds event-seconds of the events that count
 * @param storm of the third run
 */
public record AlertsPlan(
    int backlogDevices,
    int backlogSeconds,
    int backlogWarmUpSeconds,
    int pacedWarmUpSeconds,
    int pacedSeconds,
    StormSize storm) {

  /** Of what was measured, what the paced run sends. */
  static final double SHARE_OF_CAPACITY = 0.5;

  static AlertsPlan of(boolean quick) {
    return quick
        ? new AlertsPlan(100, 15, 5, 7, 3, new StormSize(500, 1, 2))
        : new AlertsPlan(2_000, 100, 40, 30, 120, new StormSize(10_000, 10, 30));
  }
}
