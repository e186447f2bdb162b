package io.tidewatch.benchmarks.windows;

/**
 * How long a run takes.
 *
 * @param fillSeconds at most so long until all panes of the window exist
 * @param warmUpSeconds at full rate before the measurement
 * @param measuredSeconds length of the measurement
 * @param checkpointSeconds interval of checkpoints
 */
public record RunTimes(
    int fillSeconds, int warmUpSeconds, int measuredSeconds, int checkpointSeconds) {}
