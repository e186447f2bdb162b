package io.tidewatch.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.testkit.chaos.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people were told of the alert events in the topic.
 *
 * <p>An alert that is over before the notifier has seen it is not told, as with Alertmanager. So an
 * alert must be told when its end came to the topic so much later than its beginning that the
 * notifier had time to look in between, without the time in which it, or Kafka, was away. An alert
 * whose beginning was told must have its end told.
 *
 * @param events of alerts that must be told or were told, and those that were
 * @param overBefore alerts that were over before they were told, and might be
 * @param repeated messages that came again with the same key
 * @param delaysMs from the event in the topic to the first message with it, ascending
 */
record ToldPeople(Tally events, int overBefore, int repeated, List<Double> delaysMs) {
  /** A notifier that is there sees an event within a fraction of it, even on a busy machine. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final ObjectMapper JSON = new ObjectMapper();

  ToldPeople {
    delaysMs = List.copyOf(delaysMs);
  }

  /**
   * An alert event as a message to people has it.
   *
   * @param fingerprint rule and series
   * @param startedAtMs of the episode
   * @param over whether it is its end
   */
  record Event(String fingerprint, long startedAtMs, boolean over) {
    private Event end() {
      return new Event(fingerprint, startedAtMs, true);
    }
  }

  /**
   * A time in which the notifier could not look, or Kafka was not there to be looked at.
   *
   * @param fromMs milliseconds since the epoch
   * @param untilMs not before that
   */
  record Absence(long fromMs, long untilMs) {}

  /** Nobody was told anything. */
  static ToldPeople none() {
    return new ToldPeople(Tally.none(), 0, 0, List.of());
  }

  /**
   * @param written when each event first came to the topic, milliseconds since the epoch
   * @param posts in the order in which they came
   * @param absences when the notifier could not look
   */
  static ToldPeople of(
      Map<Event, Long> written, List<ChaosNotifier.Post> posts, List<Absence> absences) {
    Map<Event, Set<String>> keys = new HashMap<>();
    Map<Event, Long> firstMs = new HashMap<>();
    Set<String> known = new HashSet<>();
    int repeated = 0;
    for (ChaosNotifier.Post post : posts) {
      if (!known.add(post.key())) {
        repeated++;
      }
      for (Event event : events(post)) {
        keys.computeIfAbsent(event, name -> new HashSet<>()).add(post.key());
        firstMs.putIfAbsent(event, post.atMs());
      }
    }
    Map<Event, Long> wanted = new HashMap<>(written);
    int overBefore = 0;
    for (Event event : written.keySet()) {
      Event end = event.end();
      if (!event.over() && !keys.containsKey(event) && mayBeSkipped(written, event, absences)) {
        overBefore++;
        wanted.remove(event);
        wanted.remove(end);
      }
    }
    List<Double> delaysMs = new ArrayList<>();
    firstMs.forEach(
        (event, atMs) -> {
          Long writtenMs = written.get(event);
          if (writtenMs != null) {
            delaysMs.add((double) (atMs - writtenMs));
          }
        });
    Collections.sort(delaysMs);
    return new ToldPeople(
        Tally.of(wanted, keys, (time, used) -> difference(used)), overBefore, repeated, delaysMs);
  }

  private static @Nullable String difference(Set<String> keys) {
    return keys.size() == 1 ? null : "told in %d messages".formatted(keys.size());
  }

  private static boolean mayBeSkipped(
      Map<Event, Long> written, Event begin, List<Absence> absences) {
    Long beginMs = written.get(begin);
    Long endMs = written.get(begin.end());
    if (beginMs == null || endMs == null) {
      return false;
    }
    long awayMs = 0;
    for (Absence absence : absences) {
      awayMs +=
          Math.max(0, Math.min(endMs, absence.untilMs()) - Math.max(beginMs, absence.fromMs()));
    }
    return endMs - beginMs - awayMs < LOOK.toMillis();
  }

  private static List<Event> events(ChaosNotifier.Post post) {
    List<Event> events = new ArrayList<>();
    try {
      for (JsonNode alert : JSON.readTree(post.body()).get("alerts")) {
        events.add(
            new Event(
                alert.get("fingerprint").textValue(),
                Instant.parse(alert.get("startsAt").textValue()).toEpochMilli(),
                alert.get("status").textValue().equals("resolved")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  /** Messages for which people waited longer than anybody must while the notifier is there. */
  long waited() {
    return delaysMs.stream().filter(delay -> delay > LOOK.toMillis()).count();
  }

  /**
   * The quantile as the value of rank {@code ⌈q n⌉}.
   *
   * @param q above 0, at most 1
   */
  OptionalDouble delaySeconds(double q) {
    return delaysMs.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(delaysMs.get((int) Math.ceil(q * delaysMs.size()) - 1) / 1000);
  }
}
