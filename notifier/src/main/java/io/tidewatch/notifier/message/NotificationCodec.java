package io.tidewatch.notifier.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notifications as JSON: {@code key}, {@code channel}, {@code group_key}, {@code receiver}, {@code
 * group_labels}, {@code alerts} (alert events), {@code truncated}, {@code merged}, {@code
 * created_at_ms}.
 */
public final class NotificationCodec {
  private final ObjectMapper mapper = new ObjectMapper();
  private final AlertEventCodec events = new AlertEventCodec();

  public ObjectNode encode(Notification notification) throws IOException {
    ObjectNode json = mapper.createObjectNode();
    json.put("key", notification.key());
    json.put("channel", notification.channel());
    json.put("group_key", notification.groupKey());
    json.put("receiver", notification.receiver());
    ObjectNode labels = json.putObject("group_labels");
    new TreeMap<>(notification.groupLabels()).forEach(labels::put);
    ArrayNode alerts = json.putArray("alerts");
    for (AlertEvent event : notification.alerts()) {
      alerts.add(mapper.readTree(events.encode(event)));
    }
    json.put("truncated", notification.truncated());
    json.put("merged", notification.merged());
    json.put("created_at_ms", notification.createdAtMs());
    return json;
  }

  /**
   * @throws IOException when it is no notification
   */
  public Notification decode(JsonNode json) throws IOException {
    List<AlertEvent> alerts = new ArrayList<>();
    for (JsonNode alert : json.path("alerts")) {
      Decoded<AlertEvent> decoded = events.decode(mapper.writeValueAsBytes(alert));
      if (decoded instanceof Decoded.Ok<AlertEvent> ok) {
        alerts.add(ok.value());
      } else {
        throw new IOException("alerts: " + decoded);
      }
    }
    Map<String, String> labels = new TreeMap<>();
    json.path("group_labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return new Notification(
        json.path("key").asText(),
        json.path("channel").asText(),
        json.path("group_key").asText(),
        json.path("receiver").asText(),
        labels,
        alerts,
        json.path("truncated").asInt(),
        json.path("merged").asInt(),
        json.path("created_at_ms").asLong());
  }
}
