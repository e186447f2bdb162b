package io.tidewatch.benchmarks.alerts;

import io.tidewatch.benchmarks.alerts.StormReceiver.Message;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.notifier.Notifier;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * All devices cross the threshold in the same second; later half of them are well again. One
 * reading a device and second; the event time of all is a minute ago and goes on when this says so.
 */
final class Storm {
  /** Seconds of readings that are fine; fills the windows. */
  private static final long FINE_SECONDS = Faults.WINDOW_SECONDS;

  /**
   * End of the window with which the rule fires: the mean is above the threshold with the fourth of
   * ten readings that are bad, and has to stay there.
   */
  private static final long FIRING_END = FINE_SECONDS + 4 + Faults.HOLD_SECONDS;

  /** The first second whose readings let that window fire. */
  private static final long FIRING_SECOND = FIRING_END + Faults.OUT_OF_ORDER_SECONDS;

  /** With the seventh reading that is fine again the mean is no longer above. */
  private static final long RESOLVING_SECOND = FIRING_SECOND + 1 + 7 + Faults.OUT_OF_ORDER_SECONDS;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final double NANOS = 1e9;

  private final StormSize size;
  private final WeldingReadings readings;
  private final long startMs;
  private final EmbeddedStack stack;
  private final Path conf;
  private final Path folder;

  /**
   * @param conf the shipped configuration
   * @param folder for the files of job and notifier
   */
  Storm(EmbeddedStack stack, Path conf, Path folder, StormSize size) {
    this.stack = stack;
    this.conf = conf;
    this.folder = folder;
    this.size = size;
    this.readings = new WeldingReadings(conf);
    this.startMs = (TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) - 60) * 1_000;
  }

  /**
   * @throws IllegalStateException when an event is missing or came twice, when a group was not told
   *     of all its alerts, or had three messages within an interval or more than one for each
   */
  StormResult run() throws IOException {
    try (AlertJob job = new AlertJob(stack, "storm", conf, folder);
        EventWatch watch = new EventWatch(job.bootstrapServers(), job.alertsTopic());
        StormReceiver receiver = new StormReceiver();
        Notifier notifier =
            StormNotifier.start(stack.kafka(), job.name(), receiver.port(), size, folder)) {
      job.start();
      await("the notifier to be ready", notifier::isReady);
      write(job, 0, FIRING_SECOND, device -> true);
      job.awaitWindows(size.devices() * (FIRING_END - 1));
      requireEvents(watch.seen(), AlertStatus.FIRING, 0);

      long nanos = System.nanoTime();
      write(job, FIRING_SECOND, FIRING_SECOND + 1, device -> true);
      List<EventWatch.Seen> fired = watch.await(size.devices(), PATIENCE);
      await("all groups to be told of all alerts", () -> told(receiver, 0));

      long wellNanos = System.nanoTime();
      write(job, FIRING_SECOND + 1, RESOLVING_SECOND + 1, device -> device % 2 == 1);
      watch.await(size.devices() + size.devices() / 2, PATIENCE);
      await("all groups to be told of the end", () -> told(receiver, wellNanos));
      long grace = TimeUnit.SECONDS.toNanos(size.groupIntervalSeconds()) / 2;
      long end = System.nanoTime() + grace;
      await("messages that should not come", () -> System.nanoTime() >= end);

      job.check();
      List<EventWatch.Seen> all = watch.seen();
      requireEvents(all, AlertStatus.FIRING, size.devices());
      requireEvents(all, AlertStatus.RESOLVED, size.devices() / 2);
      return result(fired, nanos, receiver.messages(), System.nanoTime());
    }
  }

  private void write(AlertJob job, long fromSecond, long toSecond, IntPredicate staysBad) {
    for (long second = fromSecond; second < toSecond; second++) {
      for (int device = 0; device < size.devices(); device++) {
        boolean bad = second >= FINE_SECONDS && staysBad.test(device);
        String name = "line-%d-%d".formatted(device / size.devicesOfGroup(), device);
        job.write(
            device,
            readings.message(name, startMs + second * 1_000, bad ? Faults.BAD : Faults.FINE));
      }
    }
    job.flush();
  }

  /** Whether each group has had a message about all its alerts since then. */
  private boolean told(StormReceiver receiver, long sinceNanos) {
    Set<String> groups = new HashSet<>();
    for (Message message : receiver.messages()) {
      boolean since = sinceNanos == 0 || message.nanos() > sinceNanos;
      if (since && message.alerts() == size.devicesOfGroup()) {
        groups.add(message.group());
      }
    }
    return groups.size() == StormSize.GROUPS;
  }

  private void requireEvents(List<EventWatch.Seen> seen, AlertStatus status, int count) {
    Set<String> series = new HashSet<>();
    for (EventWatch.Seen each : seen) {
      AlertEvent event = each.event();
      if (event.status() == status && !series.add(event.fingerprint())) {
        throw new IllegalStateException("no event is to come twice: " + event);
      }
    }
    if (series.size() != count) {
      throw new IllegalStateException(
          "%s events: must be %d, was %d".formatted(status, count, series.size()));
    }
  }

  private StormResult result(
      List<EventWatch.Seen> fired, long triggerNanos, List<Message> messages, long endNanos) {
    Map<String, List<Long>> timesOf = new LinkedHashMap<>();
    for (Message message : messages) {
      timesOf.computeIfAbsent(message.group(), group -> new ArrayList<>()).add(message.nanos());
    }
    double observed = (endNanos - messages.get(0).nanos()) / NANOS;
    long leastGap = Long.MAX_VALUE;
    for (Map.Entry<String, List<Long>> ofGroup : timesOf.entrySet()) {
      List<Long> times = ofGroup.getValue();
      requireSpaced(ofGroup.getKey(), times, size.groupIntervalSeconds(), observed);
      for (int i = 1; i < times.size(); i++) {
        leastGap = Math.min(leastGap, times.get(i) - times.get(i - 1));
      }
    }
    return new StormResult(
        size,
        size.devices(),
        size.devices() / 2,
        (fired.get(0).nanos() - triggerNanos) / NANOS,
        (fired.get(size.devices() - 1).nanos() - triggerNanos) / NANOS,
        timesOf.size(),
        messages.size(),
        leastGap / NANOS,
        observed);
  }

  /**
   * Two messages may be nearer to each other than the interval, since the first of them may have
   * waited for its turn and the second need not; a third one may not.
   *
   * @param nanos when its messages came, in order
   * @param observedSeconds from the first message of any group to the end
   * @throws IllegalStateException when they came more often
   */
  static void requireSpaced(
      String group, List<Long> nanos, int intervalSeconds, double observedSeconds) {
    long most = 1 + (long) (observedSeconds / intervalSeconds);
    if (nanos.size() > most) {
      throw new IllegalStateException(
          "%s: must have at most %d messages, one an interval, had %d"
              .formatted(group, most, nanos.size()));
    }
    for (int i = 2; i < nanos.size(); i++) {
      double seconds = (nanos.get(i) - nanos.get(i - 2)) / NANOS;
      if (seconds < intervalSeconds) {
        throw new IllegalStateException(
            "%s: three messages must take at least %d s, took %.3f"
                .formatted(group, intervalSeconds, seconds));
      }
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited for " + what + " in vain for " + PATIENCE);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
