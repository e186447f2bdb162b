package io.tidewatch.benchmarks.windows;

/** Fixed results. */
final class Samples {
  private static final long BYTES = 50_000_000;

  private Samples() {}

  static RunResult result(String variant, double recordsPerCpuSecond) {
    return result(new RunSpec(variant, 1, Plan.OVERLAP, Plan.RATE), recordsPerCpuSecond, true);
  }

  static RunResult result(RunSpec spec, double recordsPerCpuSecond, boolean filled) {
    return new RunResult(
        spec,
        (long) (2 * recordsPerCpuSecond),
        4000,
        2,
        2,
        0.5,
        1.25,
        BYTES,
        spec.variant().equals("plain") ? 0 : 3,
        0,
        1_500_000,
        250,
        1,
        filled);
  }
}
