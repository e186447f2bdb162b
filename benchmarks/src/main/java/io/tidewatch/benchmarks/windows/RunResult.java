package io.tidewatch.benchmarks.windows;

/**
 * What one run measured.
 *
 * @param records taken from the source during the measurement
 * @param results windows emitted during the measurement
 * @param wallSeconds length of the measurement
 * @param cpuSeconds of the whole process meanwhile, garbage collection and compilation included
 * @param othersCpus processors that other processes kept busy meanwhile, on average
 * @param loadAverage of the machine before the run; negative when unknown
 * @param heapBytes used after a collection, at the end
 * @param checkpoints completed in the whole run
 * @param failedCheckpoints given up in the whole run
 * @param checkpointBytes size of the last one
 * @param checkpointMs duration of the last one
 * @param filledShare how much of a window's records were there when the measurement began, 0 to 1
 * @param filled whether all panes of a window existed by then
 */
public record RunResult(
    RunSpec spec,
    long records,
    long results,
    double wallSeconds,
    double cpuSeconds,
    double othersCpus,
    double loadAverage,
    long heapBytes,
    long checkpoints,
    long failedCheckpoints,
    long checkpointBytes,
    long checkpointMs,
    double filledShare,
    boolean filled) {

  public double recordsPerCpuSecond() {
    return records / cpuSeconds;
  }

  public double recordsPerSecond() {
    return records / wallSeconds;
  }
}
