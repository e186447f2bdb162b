package io.tidewatch.benchmarks.alerts;

import com.sun.management.OperatingSystemMXBean;
import io.tidewatch.benchmarks.alerts.Faults.Transition;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.backtest.Backtest;
import io.tidewatch.schemas.derived.AlertEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Delays of alert events while devices send evenly in real time. The window that makes an event
 * ends at a time T and fires when event time has passed T: with the readings that are due {@value
 * Faults#OUT_OF_ORDER_SECONDS} s behind T, the bound that the job is told to wait for readings that
 * are out of order. The delay begins there and ends when a consumer has the event.
 */
final class PacedRun {
  /** Of each device. */
  static final int READINGS_A_SECOND = 10;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int DIGITS = 3;
  private static final double NANOS_A_MS = 1e6;

  private static final OperatingSystemMXBean OS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final EmbeddedStack stack;
  private final Path conf;
  private final Path folder;

  /**
   * @param conf the shipped configuration
   * @param folder for the file of the job
   */
  PacedRun(EmbeddedStack stack, Path conf, Path folder) {
    this.stack = stack;
    this.conf = conf;
    this.folder = folder;
  }

  /**
   * @param recordsPerSecond about as many; what is sent is a whole number of devices
   * @param warmUpSeconds event-seconds before the first event that counts
   * @param seconds event-seconds of those that count
   * @throws IllegalStateException when the events are not exactly those that the readings make
   */
  PacedResult run(double recordsPerSecond, int warmUpSeconds, int seconds) throws IOException {
    int devices = devices(recordsPerSecond);
    try (AlertJob job = new AlertJob(stack, "paced", conf, folder);
        EventWatch watch = new EventWatch(job.bootstrapServers(), job.alertsTopic())) {
      job.start();
      PacedWriter writer = new PacedWriter(job, new WeldingReadings(conf), devices);
      // The last windows that fire end before the readings do, by the bound and a second.
      int all = warmUpSeconds + seconds;
      long lastEnd = writer.firstSecond() + all;
      OS.getCpuLoad(); // the next call tells the average since this one
      writer.write(all + Faults.OUT_OF_ORDER_SECONDS + 1);
      double busy = OS.getCpuLoad() * OS.getAvailableProcessors();
      List<Transition> expected = Faults.transitions(devices, writer.firstSecond(), lastEnd);
      List<EventWatch.Seen> seen = watch.await(expected.size(), PATIENCE);
      job.flush();
      job.check();
      Map<Transition, Long> read = read(seen, lastEnd);
      requireSame(new HashSet<>(expected), read.keySet());
      Histogram delays = new Histogram(DIGITS);
      read.forEach(
          (event, nanos) -> {
            if (event.second() > lastEnd - seconds) {
              delays.recordValue(Math.max(0, nanos - dueNanos(writer, event)));
            }
          });
      return new PacedResult(
          devices,
          devices * READINGS_A_SECOND,
          delays.getTotalCount(),
          delays.getValueAtPercentile(50) / NANOS_A_MS,
          delays.getValueAtPercentile(99) / NANOS_A_MS,
          delays.getMaxValue() / NANOS_A_MS,
          writer.lagMs(),
          busy);
    }
  }

  /** An even number, so that each partition has its devices, and one in ten with faults. */
  static int devices(double recordsPerSecond) {
    int pairs = (int) (recordsPerSecond / READINGS_A_SECOND / 2);
    return Math.max(20, 2 * pairs);
  }

  private static long dueNanos(PacedWriter writer, Transition event) {
    return writer.dueNanos(TimeUnit.SECONDS.toMillis(event.second() + Faults.OUT_OF_ORDER_SECONDS));
  }

  /** When each event was read first. */
  private static Map<Transition, Long> read(List<EventWatch.Seen> seen, long lastEnd) {
    Map<Transition, Long> read = new HashMap<>();
    for (EventWatch.Seen each : seen) {
      AlertEvent event = each.event();
      long second = TimeUnit.MILLISECONDS.toSeconds(Backtest.timeMs(event));
      if (second > lastEnd) {
        continue;
      }
      String device = event.labels().getOrDefault("device_id", "");
      Transition transition = new Transition(device, event.status(), second);
      if (!event.rule().equals(Faults.RULE) || read.put(transition, each.nanos()) != null) {
        throw new IllegalStateException("no event is to come twice, nor of another rule: " + event);
      }
    }
    return read;
  }

  private static void requireSame(Set<Transition> expected, Set<Transition> read) {
    if (!expected.equals(read)) {
      Set<Transition> missing = new HashSet<>(expected);
      missing.removeAll(read);
      Set<Transition> tooMany = new HashSet<>(read);
      tooMany.removeAll(expected);
      throw new IllegalStateException(
          "events: must be the %d that the readings make, missing %s, too many %s"
              .formatted(expected.size(), missing, tooMany));
    }
  }
}
