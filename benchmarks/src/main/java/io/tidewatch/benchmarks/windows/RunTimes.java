package io.tidewatch.benchmarks.windows;

/**
 * How long a run takes.
 *
 * @param panesSeconds at most so long until all panes of the window exist
 * @param recordsSeconds at most so long until the window also holds all its records
 * @param warmUpSeconds at full rate before the measurement
 * @param measuredSeconds length of the measurement
 * @param checkpointSeconds interval of checkpoints
 */
public record RunTimes(
    int panesSeconds,
    int recordsSeconds,
    int warmUpSeconds,
    int measuredSeconds,
    int checkpointSeconds) {

  /** At most, of the whole run. */
  int seconds() {
    return panesSeconds + recordsSeconds + warmUpSeconds + measuredSeconds;
  }
}
