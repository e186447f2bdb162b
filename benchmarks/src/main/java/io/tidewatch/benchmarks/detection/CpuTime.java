package io.tidewatch.benchmarks.detection;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of this thread: what work costs whatever else the machine does. */
final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  /** Nanoseconds; differences count. */
  static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
