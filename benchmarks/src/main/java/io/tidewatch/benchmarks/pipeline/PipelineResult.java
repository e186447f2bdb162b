package io.tidewatch.benchmarks.pipeline;

/**
 * What one run measured.
 *
 * @param records read during the measurement
 * @param wallSeconds length of the measurement
 * @param cpuSeconds of the Flink process meanwhile, garbage collection and compilation included
 * @param othersCpus processors that all other processes kept busy meanwhile, Kafka and PostgreSQL
 *     among them, on average
 * @param loadAverage of the machine before the run; negative when unknown
 * @param rejected messages refused in the whole run
 * @param late records late in the whole run
 * @param windows fired in the whole run
 */
public record PipelineResult(
    PipelineSpec spec,
    long records,
    double wallSeconds,
    double cpuSeconds,
    double othersCpus,
    double loadAverage,
    long rejected,
    long late,
    long windows) {

  double recordsPerCpuSecond() {
    return records / cpuSeconds;
  }

  double recordsPerSecond() {
    return records / wallSeconds;
  }
}
