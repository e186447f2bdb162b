package io.tidewatch.notifier.message;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One message for one channel, as it is kept until it is delivered.
 *
 * @param key idempotency key: the same for each attempt to deliver it, in this process and the next
 * @param channel name of the channel
 * @param groupKey route and labels of the group; of a digest, what it is
 * @param receiver who is told
 * @param groupLabels what the alerts have in common
 * @param alerts those that are shown, what is new first
 * @param truncated how many more there are
 * @param merged how many messages it stands for: 1, or more in a digest
 * @param createdAtMs milliseconds since the epoch
 */
public record Notification(
    String key,
    String channel,
    String groupKey,
    String receiver,
    Map<String, String> groupLabels,
    List<AlertEvent> alerts,
    int truncated,
    int merged,
    long createdAtMs) {

  public Notification {
    groupLabels = Map.copyOf(groupLabels);
    alerts = List.copyOf(alerts);
  }

  public static boolean isActive(AlertEvent event) {
    return event.status() != AlertStatus.RESOLVED;
  }

  /** Whether one of the alerts that are shown is active. */
  public boolean fires() {
    return alerts.stream().anyMatch(Notification::isActive);
  }

  public long active() {
    return alerts.stream().filter(Notification::isActive).count();
  }

  /** How many alerts it is about. */
  public int count() {
    return alerts.size() + truncated;
  }

  /** Labels that all alerts have alike, by name. */
  public Map<String, String> commonLabels() {
    return common(alerts.stream().map(AlertEvent::labels).toList());
  }

  /** Annotations that all alerts have alike, by name. */
  public Map<String, String> commonAnnotations() {
    return common(alerts.stream().map(AlertEvent::annotations).toList());
  }

  private static Map<String, String> common(List<Map<String, String>> maps) {
    Map<String, String> common = new TreeMap<>();
    if (!maps.isEmpty()) {
      common.putAll(maps.get(0));
      maps.forEach(map -> common.entrySet().retainAll(map.entrySet()));
    }
    return common;
  }
}
