package io.tidewatch.benchmarks.alerts;

import io.tidewatch.embedded.EmbeddedStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How many readings a second the job can take at most: it reads what waits in its topic. The same
 * devices, rules and faults as in {@link PacedRun}, each device as often in an event-second.
 */
final class Backlog {
  private static final double NANOS = 1e9;

  private Backlog() {}

  /** Readings a second. */
  static double recordsPerSecond(EmbeddedStack stack, Path conf, Path folder, AlertsPlan plan)
      throws IOException {
    WeldingReadings readings = new WeldingReadings(conf);
    int devices = plan.backlogDevices();
    long first =
        TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) - plan.backlogSeconds();
    try (AlertJob job = new AlertJob(stack, "backlog", conf, folder)) {
      for (long second = first; second < first + plan.backlogSeconds(); second++) {
        for (int i = 0; i < PacedRun.READINGS_A_SECOND; i++) {
          long timeMs = second * 1_000 + i * 1_000L / PacedRun.READINGS_A_SECOND;
          for (int device = 0; device < devices; device++) {
            int vibration = Faults.vibration(device, second);
            job.write(device, readings.message(Faults.device(device), timeMs, vibration));
          }
        }
      }
      job.flush();
      job.start();
      long aSecond = (long) devices * PacedRun.READINGS_A_SECOND;
      long before = job.awaitRead(plan.backlogWarmUpSeconds() * aSecond);
      long nanos = System.nanoTime();
      long after = job.awaitRead(plan.backlogSeconds() * aSecond);
      nanos = System.nanoTime() - nanos;
      job.check();
      return (after - before) * NANOS / nanos;
    }
  }
}
