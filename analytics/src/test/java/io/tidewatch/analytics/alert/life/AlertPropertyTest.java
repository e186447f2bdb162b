package io.tidewatch.analytics.alert.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Flapping;
import io.tidewatch.analytics.alert.rule.Quiet;
import io.tidewatch.analytics.alert.rule.RuleDraft;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of every series, over seeded random ones. */
class AlertPropertyTest {
  private static final int SEEDS = 300;
  private static final double HIGH = 8;

  /** A record of the series. */
  private record Point(long timeMs, double x) {}

  @Test
  void agreesWithAnOracleThatLooksAtAllRecordsAtOnce() {
    int told = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      double low = random.nextBoolean() ? HIGH : 5;
      AlertRule rule = condition(random, low).build();
      List<Point> points = points(random);
      List<String> expected =
          new AlertOracle(
                  rule,
                  HIGH,
                  low,
                  points.stream().map(Point::timeMs).toList(),
                  points.stream().map(Point::x).toList())
              .told();
      assertThat(lines(plain(rule, points, Quieting.NEVER)))
          .as("seed %d", seed)
          .isEqualTo(expected);
      told += expected.size();
    }
    assertThat(told).as("transitions that were compared").isGreaterThan(SEEDS * 4);
  }

  @Test
  void restartsRepetitionsAndTimersAtAnyMomentChangeNothing() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      AlertRule rule = any(random);
      Quieting quieting = mutes(random);
      List<Point> points = points(random);
      List<Transition> expected = plain(rule, points, quieting);
      assertThat(disturbed(rule, points, quieting, random)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void recordsOutOfOrderWithinTheBoundChangeNothing() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      AlertRule rule = any(random);
      Quieting quieting = mutes(random);
      List<Point> points = points(random);
      long boundMs = 60_000;
      assertThat(
              plain(rule, sortedByWatermark(shuffled(points, boundMs, random), boundMs), quieting))
          .as("seed %d", seed)
          .isEqualTo(plain(rule, points, quieting));
    }
  }

  @Test
  void anOscillationInsideTheDeadBandFiresOnceAndResolvesOnce() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      AlertRule rule =
          AlertRule.named("r", Expression.parse("x > 8"))
              .clear(5)
              .holdFor(Duration.ofSeconds(random.nextInt(3) * 10L))
              .clearFor(Duration.ofSeconds(random.nextInt(3) * 10L))
              .build();
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        points.add(new Point(i * 10_000L, 9));
      }
      for (int i = 10; i < 200; i++) {
        points.add(new Point(i * 10_000L, 5.01 + random.nextDouble() * 6));
      }
      for (int i = 200; i < 210; i++) {
        points.add(new Point(i * 10_000L, 5));
      }
      assertThat(plain(rule, points, Quieting.NEVER))
          .as("seed %d", seed)
          .extracting(Transition::status)
          .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    }
  }

  @Test
  void everyEpisodeIsToldInOrderAndEndsForThoseWhoWereToldOfIt() {
    int flapped = 0;
    int caughtUp = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      AlertRule rule = any(random);
      List<Transition> told = plain(rule, points(random), mutes(random));
      assertEpisodes(seed, told);
      flapped += told.stream().anyMatch(each -> each.cause() == Cause.CHANGES) ? 1 : 0;
      caughtUp += told.stream().anyMatch(each -> each.cause() == Cause.CATCH_UP) ? 1 : 0;
    }
    assertThat(flapped).as("series that flapped").isGreaterThan(20);
    assertThat(caughtUp).as("series that were told later").isGreaterThan(20);
  }

  private static void assertEpisodes(long seed, List<Transition> told) {
    Transition open = null;
    boolean notified = false;
    long lastMs = Long.MIN_VALUE;
    AlertStatus active = null;
    for (Transition each : told) {
      assertThat(each.atMs())
          .as("in order, seed %d: %s", seed, told)
          .isGreaterThanOrEqualTo(lastMs);
      lastMs = each.atMs();
      assertThat(each.notifies())
          .isEqualTo(
              each.status() != AlertStatus.SUPPRESSED
                  && (each.status() != AlertStatus.RESOLVED || notified));
      if (each.status() == AlertStatus.RESOLVED) {
        assertThat(open).as("no end without a beginning, seed %d", seed).isNotNull();
        open = null;
        notified = false;
        active = null;
        continue;
      }
      if (open != null) {
        assertThat(each.startedAtMs())
            .as("one episode, seed %d", seed)
            .isEqualTo(open.startedAtMs());
        assertThat(each.status())
            .as("never twice the same without an end between, seed %d", seed)
            .isNotEqualTo(active);
      }
      open = each;
      notified |= each.notifies();
      active = each.status() == AlertStatus.SUPPRESSED ? null : each.status();
    }
  }

  /** One record after the other, and all time at the end. */
  private static List<Transition> plain(AlertRule rule, List<Point> points, Quieting quieting) {
    Alert alert = new Alert(rule);
    alert.quieting(quieting);
    for (Point point : points) {
      alert.step(Alert.input(rule, point.timeMs(), point.x(), samples(point)));
    }
    alert.step(new AlertInput.Time(end(points), false));
    return alert.told();
  }

  private static List<Transition> disturbed(
      AlertRule rule, List<Point> points, Quieting quieting, Random random) {
    Alert alert = new Alert(rule);
    alert.quieting(quieting);
    for (int i = 0; i < points.size(); i++) {
      for (int back = Math.max(0, i - random.nextInt(4)); back < i; back++) {
        Point again = points.get(back);
        boolean remembered = alert.state() != null && again.timeMs() <= lastSeen(alert.state());
        if (remembered) {
          alert.step(Alert.input(rule, again.timeMs(), again.x(), samples(again)));
        }
      }
      Point point = points.get(i);
      long beforeMs = i == 0 ? 0 : points.get(i - 1).timeMs();
      for (int timers = random.nextInt(3); timers > 0; timers--) {
        long gapMs = point.timeMs() - beforeMs;
        beforeMs += gapMs > 1 ? random.nextLong(gapMs) : 0;
        alert.step(new AlertInput.Time(beforeMs, false));
      }
      alert.step(Alert.input(rule, point.timeMs(), point.x(), samples(point)));
    }
    alert.step(new AlertInput.Time(end(points), false));
    return alert.told();
  }

  private static long lastSeen(@Nullable AlertState state) {
    return state == null ? Long.MIN_VALUE : state.held().lastSeenMs();
  }

  /** Few samples now and then; a function of the record, so that a repetition has the same. */
  private static long samples(Point point) {
    return point.timeMs() % 7 == 0 ? 3 : 100;
  }

  private static long end(List<Point> points) {
    return points.get(points.size() - 1).timeMs() + Duration.ofDays(30).toMillis();
  }

  /** Walks through the limits, jumps, falls silent. */
  private static List<Point> points(Random random) {
    List<Point> points = new ArrayList<>();
    long timeMs = 1_000;
    double x = 6;
    int size = 50 + random.nextInt(150);
    for (int i = 0; i < size; i++) {
      x += random.nextGaussian() * 1.5;
      x = Math.max(2, Math.min(12, x));
      timeMs +=
          random.nextInt(20) == 0 ? 250_000 + random.nextInt(400_000) : 1 + random.nextInt(30_000);
      points.add(new Point(timeMs, random.nextInt(30) == 0 ? 14 - x : x));
    }
    return points;
  }

  private static RuleDraft condition(Random random, double low) {
    RuleDraft draft =
        AlertRule.named("r", Expression.parse("x > " + HIGH))
            .holdFor(Duration.ofSeconds(random.nextInt(4) * 15L))
            .clearFor(Duration.ofSeconds(random.nextInt(3) * 20L))
            .keepFiringFor(Duration.ofSeconds(random.nextInt(3) * 25L));
    return low < HIGH ? draft.clear(low) : draft;
  }

  private static AlertRule any(Random random) {
    RuleDraft draft = condition(random, random.nextBoolean() ? HIGH : 5);
    if (random.nextInt(3) == 0) {
      draft.minSamples(20);
    }
    if (random.nextInt(3) == 0) {
      draft.absentFor(Duration.ofSeconds(60 + random.nextInt(600)));
    }
    if (random.nextInt(2) == 0) {
      draft.flapping(
          new Flapping(2 + random.nextInt(4), Duration.ofMinutes(10), Duration.ofMinutes(3)));
    }
    if (random.nextInt(3) == 0) {
      draft.suppressFor(Duration.ofMinutes(10));
    }
    return draft.build();
  }

  /** Quiet in the second half of each so many minutes; or never. */
  private static Quieting mutes(Random random) {
    long halfMs = Duration.ofMinutes(2 + random.nextInt(10)).toMillis();
    if (random.nextInt(3) == 0) {
      return Quieting.NEVER;
    }
    return timeMs ->
        timeMs / halfMs % 2 == 0 ? null : new Quiet("mute", (timeMs / halfMs + 1) * halfMs);
  }

  private static List<Point> shuffled(List<Point> points, long boundMs, Random random) {
    record Arrival(Point point, long atMs) {}
    return points.stream()
        .map(point -> new Arrival(point, point.timeMs() + random.nextLong(boundMs)))
        .sorted(Comparator.comparingLong(Arrival::atMs))
        .map(Arrival::point)
        .toList();
  }

  /** As the windows before the stage do it: each waits for the watermark. */
  private static List<Point> sortedByWatermark(List<Point> arriving, long boundMs) {
    PriorityQueue<Point> waiting = new PriorityQueue<>(Comparator.comparingLong(Point::timeMs));
    List<Point> sorted = new ArrayList<>();
    long watermarkMs = Long.MIN_VALUE;
    for (Point point : arriving) {
      waiting.add(point);
      watermarkMs = Math.max(watermarkMs, point.timeMs() - boundMs);
      while (!waiting.isEmpty() && waiting.element().timeMs() <= watermarkMs) {
        sorted.add(waiting.remove());
      }
    }
    while (!waiting.isEmpty()) {
      sorted.add(waiting.remove());
    }
    return sorted;
  }

  private static List<String> lines(List<Transition> told) {
    return told.stream()
        .map(
            each ->
                AlertOracle.line(
                    each.status().name(), each.atMs(), each.startedAtMs(), each.firedAtMs()))
        .toList();
  }
}
