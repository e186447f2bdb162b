package io.tidewatch.notifier.message;

import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings;
import io.tidewatch.notifier.config.DeliverySettings;
import io.tidewatch.notifier.group.Flush;
import io.tidewatch.schemas.codec.Sha256;
import io.tidewatch.schemas.derived.AlertEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the messages of one channel. */
public final class Notifications {
  /** An alert with this label is not told by the channel of that name: it may be about it. */
  public static final String ABOUT_CHANNEL = "notifier_channel";

  private static final String SEVERITY = "severity";
  private static final String CRITICAL = "critical";

  /** 128 bits of a hash. */
  private static final int KEY_DIGITS = 32;

  private final String channel;
  private final DeliverySettings delivery;
  private final boolean criticalOnly;

  public Notifications(ChannelConfig channel) {
    this.channel = channel.name();
    this.delivery = channel.delivery();
    this.criticalOnly = channel.settings() instanceof ChannelSettings.Sms;
  }

  /** Whether the channel tells of this alert at all. */
  public boolean wants(AlertEvent event) {
    return !channel.equals(event.labels().get(ABOUT_CHANNEL))
        && (!criticalOnly || CRITICAL.equals(event.labels().get(SEVERITY)))
        && (delivery.sendResolved() || Notification.isActive(event));
  }

  /** The message of a group; null when nothing of it is for this channel. */
  public @Nullable Notification of(Flush flush, long nowMs) {
    List<AlertEvent> wanted = flush.alerts().stream().filter(this::wants).toList();
    if (wanted.isEmpty()) {
      return null;
    }
    List<String> identity =
        new ArrayList<>(List.of(channel, flush.groupId(), Long.toString(flush.sequence())));
    wanted.forEach(event -> identity.add(event.eventId()));
    return shown(
        key(identity),
        flush.groupKey(),
        flush.receiver(),
        flush.groupLabels(),
        wanted,
        0,
        1,
        nowMs);
  }

  /**
   * One message in place of several: the last event of each alert, in the order of the messages.
   */
  public Notification digest(List<Notification> waiting) {
    Map<String, AlertEvent> last = new LinkedHashMap<>();
    List<String> identity = new ArrayList<>(List.of(channel, "digest"));
    int truncated = 0;
    int merged = 0;
    for (Notification each : waiting) {
      identity.add(each.key());
      each.alerts().forEach(event -> last.put(event.fingerprint(), event));
      truncated += each.truncated();
      merged += each.merged();
    }
    return shown(
        key(identity),
        "digest of " + merged + " messages",
        waiting.get(0).receiver(),
        Map.of(),
        List.copyOf(last.values()),
        truncated,
        merged,
        waiting.get(0).createdAtMs());
  }

  private Notification shown(
      String key,
      String groupKey,
      String receiver,
      Map<String, String> groupLabels,
      List<AlertEvent> alerts,
      int truncated,
      int merged,
      long createdAtMs) {
    int most = Math.min(delivery.maxAlerts(), alerts.size());
    return new Notification(
        key,
        channel,
        groupKey,
        receiver,
        groupLabels,
        alerts.subList(0, most),
        truncated + alerts.size() - most,
        merged,
        createdAtMs);
  }

  /** The hash of what makes the message this one. */
  private static String key(List<String> identity) {
    byte[] text = String.join("\0", identity).getBytes(StandardCharsets.UTF_8);
    return Sha256.hex(text).substring(0, KEY_DIGITS);
  }
}
