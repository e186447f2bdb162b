package io.tidewatch.notifier.group;

import static io.tidewatch.notifier.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.Events;
import io.tidewatch.notifier.route.GroupTiming;
import io.tidewatch.notifier.route.LabelMatcher;
import io.tidewatch.notifier.route.Route;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chance, but the same each time: promises that hold for every series of events. */
class GrouperSeriesTest {
  private static final int STEPS = 3_000;
  private static final long STEP_MS = 1_000;
  private static final Duration MEMORY = Duration.ofDays(30);

  private record Said(long atMs, Flush flush) {}

  private static Route route() {
    GroupTiming timing =
        new GroupTiming(Duration.ofSeconds(7), Duration.ofSeconds(30), Duration.ofSeconds(200));
    Route root = new Route("", "all", List.of(), false, List.of("alertname"), timing);
    root.add(
        new Route(
            "all{}/",
            "one-by-one",
            List.of(LabelMatcher.parse("alertname=\"rule-0\"")),
            false,
            List.of(Route.ALL_LABELS),
            timing));
    return root;
  }

  /** Episodes of 4 rules on 5 devices, with repetitions; one event a step at most. */
  private static List<AlertEvent> series(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Long> started = new HashMap<>();
    List<AlertEvent> events = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      long nowMs = T0 + step * STEP_MS;
      String rule = "rule-" + random.nextInt(4);
      String device = "device-" + random.nextInt(5);
      String key = rule + device;
      if (random.nextInt(10) > 0) {
        events.add(null);
      } else if (random.nextInt(4) == 0 && step > 0) {
        AlertEvent before = events.get(random.nextInt(events.size()));
        events.add(before);
      } else if (started.containsKey(key)) {
        long startMs = started.remove(key);
        events.add(Events.resolved(rule, device, startMs, nowMs));
      } else {
        started.put(key, nowMs);
        events.add(Events.firing(rule, device, nowMs));
      }
    }
    return events;
  }

  private static List<Said> run(List<AlertEvent> events, int restartEvery) {
    Grouper grouper = new Grouper(route(), MEMORY);
    Kept kept = new Kept();
    List<Said> said = new ArrayList<>();
    for (int step = 0; step < events.size() + 700; step++) {
      long nowMs = T0 + step * STEP_MS;
      AlertEvent event = step < events.size() ? events.get(step) : null;
      if (event != null) {
        grouper.accept(event, nowMs);
      }
      for (Flush flush : grouper.due(nowMs)) {
        said.add(new Said(nowMs, flush));
      }
      kept.keep(grouper.changes());
      if (restartEvery > 0 && step % restartEvery == 0) {
        grouper = new Grouper(route(), MEMORY);
        grouper.restore(
            List.copyOf(kept.alerts.values()),
            List.copyOf(kept.groups.values()),
            Map.copyOf(kept.told),
            nowMs);
        kept.keep(grouper.changes());
      }
    }
    return said;
  }

  /** What a compacted topic keeps. */
  private static final class Kept {
    private final Map<String, AlertEvent> alerts = new LinkedHashMap<>();
    private final Map<String, GroupState> groups = new LinkedHashMap<>();
    private final Map<Told, String> told = new LinkedHashMap<>();

    void keep(Changes changes) {
      changes.alerts().forEach((key, value) -> keep(alerts, key, value));
      changes.groups().forEach((key, value) -> keep(groups, key, value));
      changes.told().forEach((key, value) -> keep(told, key, value));
    }

    private static <K, V> void keep(Map<K, V> map, K key, V value) {
      if (value == null) {
        map.remove(key);
      } else {
        map.put(key, value);
      }
    }
  }

  private static List<String> texts(List<Said> said) {
    return said.stream()
        .map(
            each ->
                each.atMs()
                    + " "
                    + each.flush().groupKey()
                    + " "
                    + each.flush().alerts().stream().map(AlertEvent::eventId).sorted().toList())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aGroupSpeaksAtMostOnceAnInterval(long seed) {
    Map<String, Long> last = new HashMap<>();
    for (Said each : run(series(seed), 0)) {
      Long before = last.put(each.flush().groupId(), each.atMs());
      if (before != null) {
        assertThat(each.atMs() - before).isGreaterThanOrEqualTo(30_000);
      }
    }
    assertThat(last).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void peopleKnowHowEachAlertEnded(long seed) {
    List<AlertEvent> events = series(seed);
    Map<String, AlertEvent> truth = new HashMap<>();
    for (AlertEvent event : events) {
      if (event != null) {
        truth.merge(
            event.fingerprint(), event, (a, b) -> b.windowEndMs() >= a.windowEndMs() ? b : a);
      }
    }
    Map<String, AlertStatus> known = new HashMap<>();
    for (Said each : run(events, 0)) {
      for (AlertEvent event : each.flush().alerts()) {
        if (event.status() == AlertStatus.RESOLVED) {
          assertThat(known.get(event.fingerprint()))
              .as("an end follows a beginning")
              .isEqualTo(AlertStatus.FIRING);
        }
        known.put(event.fingerprint(), event.status());
      }
    }
    truth.forEach(
        (fingerprint, event) ->
            assertThat(known.getOrDefault(fingerprint, AlertStatus.RESOLVED))
                .as(fingerprint)
                .isEqualTo(event.status()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aRestartAtAnyPointChangesNothing(long seed) {
    List<AlertEvent> events = series(seed);
    List<String> undisturbed = texts(run(events, 0));
    for (int restartEvery : new int[] {1, 7, 61}) {
      assertThat(texts(run(events, restartEvery))).isEqualTo(undisturbed);
    }
  }
}
