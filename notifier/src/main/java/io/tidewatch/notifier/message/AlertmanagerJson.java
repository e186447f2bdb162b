package io.tidewatch.notifier.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.schemas.derived.AlertEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON of Alertmanager: what its webhook sends (version 4), and what its API v2 takes. */
public final class AlertmanagerJson {
  /**
   * An alert that is posted again each interval may miss three posts before it is taken for over.
   */
  private static final int INTERVALS = 4;

  /** Go's zero time: Alertmanager writes it for an alert that is not over. */
  private static final String NO_TIME = "0001-01-01T00:00:00Z";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AlertmanagerJson() {}

  /** The body of a webhook. */
  public static byte[] webhook(Notification notification) {
    ObjectNode body = JSON.objectNode();
    body.put("version", "4");
    body.put("groupKey", notification.groupKey());
    body.put("truncatedAlerts", notification.truncated());
    body.put("status", notification.fires() ? "firing" : "resolved");
    body.put("receiver", notification.receiver());
    put(body.putObject("groupLabels"), notification.groupLabels());
    put(body.putObject("commonLabels"), notification.commonLabels());
    put(body.putObject("commonAnnotations"), notification.commonAnnotations());
    body.put("externalURL", "");
    ArrayNode alerts = body.putArray("alerts");
    for (AlertEvent event : notification.alerts()) {
      Long resolvedAtMs = event.resolvedAtMs();
      ObjectNode alert = alerts.addObject();
      alert.put("status", Notification.isActive(event) ? "firing" : "resolved");
      putAlert(alert, event, resolvedAtMs == null ? NO_TIME : time(resolvedAtMs));
      alert.put("fingerprint", event.fingerprint());
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The body of {@code POST /api/v2/alerts}. An active alert ends, unless it is posted again, after
   * four intervals.
   *
   * @param interval between two posts
   */
  public static byte[] alerts(List<AlertEvent> events, Instant now, Duration interval) {
    String ends = now.plus(interval.multipliedBy(INTERVALS)).toString();
    ArrayNode alerts = JSON.arrayNode();
    for (AlertEvent event : events) {
      Long resolvedAtMs = event.resolvedAtMs();
      putAlert(alerts.addObject(), event, resolvedAtMs == null ? ends : time(resolvedAtMs));
    }
    return alerts.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void putAlert(ObjectNode alert, AlertEvent event, String endsAt) {
    Map<String, String> labels = new TreeMap<>(event.labels());
    labels.putIfAbsent("alertname", event.rule()); // without it Alertmanager refuses an alert
    put(alert.putObject("labels"), labels);
    Map<String, String> annotations = new TreeMap<>(event.annotations());
    annotations.putIfAbsent("reason", event.reason());
    if (!event.traceIds().isEmpty()) {
      annotations.putIfAbsent("trace_ids", String.join(",", event.traceIds()));
    }
    put(alert.putObject("annotations"), annotations);
    alert.put("startsAt", time(event.startedAtMs()));
    alert.put("endsAt", endsAt);
    alert.put("generatorURL", "");
  }

  private static void put(ObjectNode object, Map<String, String> texts) {
    new TreeMap<>(texts).forEach(object::put);
  }

  private static String time(long ms) {
    return Instant.ofEpochMilli(ms).toString();
  }
}
