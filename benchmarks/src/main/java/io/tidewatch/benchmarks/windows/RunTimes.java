package io.tidewatch.benchmarks.windows;

import java.time.Duration;

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
  /** Start of Flink and of the planner on a busy machine, and the end. */
  private static final int OVERHEAD_SECONDS = 150;

  /** After which a run counts as hanging. */
  public Duration patience() {
    return Duration.ofSeconds(
        panesSeconds + recordsSeconds + warmUpSeconds + measuredSeconds + OVERHEAD_SECONDS);
  }

  /** The same, so long at full rate before the measurement. */
  RunTimes warmedUp(int seconds) {
    return new RunTimes(panesSeconds, recordsSeconds, seconds, measuredSeconds, checkpointSeconds);
  }

  /** The same, measured for so long. */
  RunTimes measured(int seconds) {
    return new RunTimes(panesSeconds, recordsSeconds, warmUpSeconds, seconds, checkpointSeconds);
  }
}
