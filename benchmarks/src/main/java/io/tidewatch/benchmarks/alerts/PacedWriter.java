package io.tidewatch.benchmarks.alerts;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes readings each when it is due: devices in turn, evenly, with the time at which they are due
 * as their event time. A reading that could not be written then is written late with that event
 * time.
 */
final class PacedWriter {
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final double NANOS_A_MS = 1e6;

  private final AlertJob job;
  private final WeldingReadings readings;
  private final int devices;
  private final long firstSecond;
  private final long beginNanos;
  private long lagNanos;

  /** Begins with the next full second of the clock, behind those that it takes to be ready. */
  PacedWriter(AlertJob job, WeldingReadings readings, int devices) {
    this.job = job;
    this.readings = readings;
    this.devices = devices;
    long nowMs = System.currentTimeMillis();
    this.firstSecond = TimeUnit.MILLISECONDS.toSeconds(nowMs) + 2;
    this.beginNanos =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(firstSecond * 1_000 - nowMs);
  }

  /** Event time of the first reading, seconds since the epoch. */
  long firstSecond() {
    return firstSecond;
  }

  /** When a reading of that event time is due, by {@link System#nanoTime}. */
  long dueNanos(long eventTimeMs) {
    return beginNanos + TimeUnit.MILLISECONDS.toNanos(eventTimeMs - firstSecond * 1_000);
  }

  /** How far it was behind at most, in milliseconds. */
  double lagMs() {
    return lagNanos / NANOS_A_MS;
  }

  /** Writes the readings of so many seconds, and takes as long. */
  void write(int seconds) {
    long aSecond = (long) devices * PacedRun.READINGS_A_SECOND;
    for (long number = 0; number < seconds * aSecond; number++) {
      long timeMs = firstSecond * 1_000 + number * 1_000 / aSecond;
      int device = (int) (number % devices);
      int vibration = Faults.vibration(device, TimeUnit.MILLISECONDS.toSeconds(timeMs));
      byte[] message = readings.message(Faults.device(device), timeMs, vibration);
      awaitDue(dueNanos(timeMs));
      job.write(device, message);
    }
  }

  private void awaitDue(long dueNanos) {
    long left = dueNanos - System.nanoTime();
    lagNanos = Math.max(lagNanos, -left);
    while (left > 0) {
      LockSupport.parkNanos(Math.min(left, PAUSE_NANOS));
      left = dueNanos - System.nanoTime();
    }
  }
}
