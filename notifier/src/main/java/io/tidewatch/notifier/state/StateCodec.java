package io.tidewatch.notifier.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.notifier.group.GroupState;
import io.tidewatch.notifier.message.Notification;
import io.tidewatch.notifier.message.NotificationCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values of the topic of notifications, all JSON. */
final class StateCodec {
  private static final String STATE = "state";
  private static final String PENDING = "pending";

  private final ObjectMapper mapper = new ObjectMapper();
  private final NotificationCodec notifications = new NotificationCodec();

  byte[] encode(GroupState group) {
    ObjectNode json = mapper.createObjectNode();
    json.put("route", group.routeId());
    ObjectNode labels = json.putObject("labels");
    new TreeMap<>(group.labels()).forEach(labels::put);
    json.put("sequence", group.sequence());
    putTime(json, "told_ms", group.toldMs());
    putTime(json, "due_ms", group.dueMs());
    return bytes(json);
  }

  private static void putTime(ObjectNode json, String name, long ms) {
    if (ms == GroupState.NEVER) {
      json.putNull(name);
    } else {
      json.put(name, ms);
    }
  }

  GroupState group(String id, byte[] value) throws IOException {
    JsonNode json = mapper.readTree(value);
    Map<String, String> labels = new TreeMap<>();
    json.path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return new GroupState(
        id,
        json.path("route").asText(),
        labels,
        json.path("sequence").asLong(),
        time(json.path("told_ms")),
        time(json.path("due_ms")));
  }

  private static long time(JsonNode ms) {
    return ms.isIntegralNumber() ? ms.asLong() : GroupState.NEVER;
  }

  /** A notification that waits. */
  byte[] pending(Notification notification) {
    ObjectNode json = mapper.createObjectNode();
    json.put(STATE, PENDING);
    json.set("notification", json(notification));
    return bytes(json);
  }

  /**
   * A notification that no longer waits.
   *
   * @param state what became of it
   */
  byte[] settled(Settlement state, long nowMs) {
    return bytes(mapper.createObjectNode().put(STATE, state.word()).put("at_ms", nowMs));
  }

  /** A notification that was given up, with the reason. */
  byte[] undelivered(Notification notification, String reason) {
    ObjectNode json = mapper.createObjectNode();
    json.put("channel", notification.channel());
    json.put("reason", reason);
    json.set("notification", json(notification));
    return bytes(json);
  }

  /** What waits; null when it no longer does. */
  @Nullable Notification pending(byte[] value) throws IOException {
    JsonNode json = mapper.readTree(value);
    return PENDING.equals(json.path(STATE).asText())
        ? notifications.decode(json.path("notification"))
        : null;
  }

  /** When it was settled; 0 when that is not said. */
  long settledAtMs(byte[] value) throws IOException {
    return mapper.readTree(value).path("at_ms").asLong();
  }

  private ObjectNode json(Notification notification) {
    try {
      return notifications.encode(notification);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an event that was decoded", impossible);
    }
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8);
  }
}
