package io.tidewatch.jobs.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * The message of an alert event: CloudEvents 1.0 in the binary mode of its Kafka binding, the
 * attributes in headers and the event as it is in the value. The key is the fingerprint, so that
 * the events of a series stand in one partition in their order. The header names and the type are a
 * wire format: add, never rename.
 */
public final class AlertMessages {
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String ID = "ce_id";
  public static final String TIME = "ce_time";
  public static final String CONTENT_TYPE = "content-type";

  /** The type of all of them; what happened is in {@code status}. */
  public static final String ALERT_EVENT = "io.tidewatch.alert-event.v1";

  private static final AlertEventCodec CODEC = new AlertEventCodec();

  private AlertMessages() {}

  /**
   * @param source who tells it: a URI reference, as CloudEvents asks for
   */
  static ProducerRecord<byte[], byte[]> message(String topic, String source, AlertEvent event) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, event.fingerprint().getBytes(UTF_8), CODEC.encode(event));
    Headers headers = message.headers();
    add(headers, SPEC_VERSION, "1.0");
    add(headers, TYPE, ALERT_EVENT);
    add(headers, SOURCE, source);
    add(headers, ID, event.eventId());
    add(headers, TIME, Instant.ofEpochMilli(timeMs(event)).toString());
    add(headers, CONTENT_TYPE, "application/json");
    return message;
  }

  /** When it happened, in event time. */
  private static long timeMs(AlertEvent event) {
    Long resolvedAtMs = event.resolvedAtMs();
    return resolvedAtMs == null ? event.firedAtMs() : resolvedAtMs;
  }

  private static void add(Headers headers, String name, String text) {
    headers.add(name, text.getBytes(UTF_8));
  }
}
