package io.tidewatch.benchmarks.sinks;

/**
 * One run.
 *
 * @param delayMs milliseconds that the network holds each piece back, each way
 * @param rows written
 * @param seconds from the start of the job to its end
 * @param clientCpuSeconds of this JVM
 * @param serverCpuSeconds of the processes of PostgreSQL that served the job
 */
record SinkResult(
    SinkKind kind,
    int delayMs,
    long rows,
    double seconds,
    double clientCpuSeconds,
    double serverCpuSeconds) {

  double rowsPerCpuSecond() {
    return rows / (clientCpuSeconds + serverCpuSeconds);
  }

  double rowsPerSecond() {
    return rows / seconds;
  }

  /** Milliseconds that a batch of so many rows took. */
  double batchMs(int batchRows) {
    return 1000 * seconds * batchRows / rows;
  }
}
