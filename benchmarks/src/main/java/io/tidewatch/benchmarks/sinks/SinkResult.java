package io.tidewatch.benchmarks.sinks;

/**
 * One run.
 *
 * @param delayMs milliseconds that the network holds each piece back, each way
 * @param rows written
 * @param seconds from the start of the job to its end
 * @param clientCpuSeconds of this JVM
 * @param serverCpuSeconds of the processes of PostgreSQL that served the job
 * @param batches as the database saw them
 */
record SinkResult(
    SinkKind kind,
    int delayMs,
    long rows,
    double seconds,
    double clientCpuSeconds,
    double serverCpuSeconds,
    Batches batches) {

  /**
   * What came in one transaction each, by the clock of the database.
   *
   * @param count how many there were
   * @param p50Ms from the beginning of one to that of the next, half of them; {@code NaN} where
   *     there was one
   * @param p99Ms likewise, 99 of 100
   */
  record Batches(long count, double p50Ms, double p99Ms) {}

  double rowsPerCpuSecond() {
    return rows / (clientCpuSeconds + serverCpuSeconds);
  }

  double rowsPerSecond() {
    return rows / seconds;
  }
}
