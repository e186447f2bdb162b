package io.tidewatch.notifier.state;

import io.tidewatch.notifier.group.GroupState;
import io.tidewatch.notifier.group.Told;
import io.tidewatch.notifier.message.Notification;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the topic of notifications holds, read from its beginning: the last value of each key. */
public final class StoredState {
  private static final Logger LOG = LoggerFactory.getLogger(StoredState.class);

  private final AlertEventCodec events = new AlertEventCodec();
  private final StateCodec codec = new StateCodec();
  private final Map<String, AlertEvent> alerts = new LinkedHashMap<>();
  private final Map<String, GroupState> groups = new LinkedHashMap<>();
  private final Map<Told, String> told = new LinkedHashMap<>();
  private final Map<String, Notification> pending = new LinkedHashMap<>();
  private final Map<String, Long> settled = new LinkedHashMap<>();

  StoredState() {}

  /**
   * Takes a record; one that nobody can read is logged and left out, and does not stop the start.
   */
  void apply(String key, byte @Nullable [] value) {
    try {
      if (key.startsWith(StateKey.ALERT)) {
        put(alerts, key, value == null ? null : event(value));
      } else if (key.startsWith(StateKey.GROUP)) {
        String id = key.substring(StateKey.GROUP.length());
        put(groups, key, value == null ? null : codec.group(id, value));
      } else if (key.startsWith(StateKey.TOLD)) {
        put(
            told,
            StateKey.told(key),
            value == null ? null : new String(value, StandardCharsets.UTF_8));
      } else if (key.startsWith(StateKey.DELIVERY)) {
        Notification waits = value == null ? null : codec.pending(value);
        put(pending, key, waits);
        put(settled, key, value == null || waits != null ? null : codec.settledAtMs(value));
      } else {
        throw new IOException("no such kind of key");
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("state of {} cannot be read and is left out", key, e);
    }
  }

  private AlertEvent event(byte[] value) throws IOException {
    Decoded<AlertEvent> decoded = events.decode(value);
    if (decoded instanceof Decoded.Ok<AlertEvent> ok) {
      return ok.value();
    }
    throw new IOException(decoded.toString());
  }

  private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }

  /** The last event of each alert. */
  public Collection<AlertEvent> alerts() {
    return alerts.values();
  }

  public Collection<GroupState> groups() {
    return groups.values();
  }

  /** Id of the event that a group has told of an alert. */
  public Map<Told, String> told() {
    return told;
  }

  /** Notifications that wait, oldest first. */
  public List<Notification> pending() {
    return pending.values().stream()
        .sorted(
            Comparator.comparingLong(Notification::createdAtMs).thenComparing(Notification::key))
        .toList();
  }

  /** Time by key of what no longer waits. */
  Map<String, Long> settled() {
    return settled;
  }
}
