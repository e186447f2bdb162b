package io.tidewatch.jobs.sink;

import io.tidewatch.schemas.reject.Rejected;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * The message of a dead letter: the refused one with its headers, and headers that say whence and
 * why. The names of those are a wire format: add, never rename. What was refused before, mended
 * badly and sent again, has those of its last refusal only.
 */
public final class DeadLetters {
  public static final String TOPIC = "tidewatch-original-topic";
  public static final String PARTITION = "tidewatch-original-partition";
  public static final String OFFSET = "tidewatch-original-offset";
  public static final String TIMESTAMP_MS = "tidewatch-original-timestamp-ms";
  public static final String REASON = "tidewatch-reason";
  public static final String DETAIL = "tidewatch-detail";

  private DeadLetters() {}

  static ProducerRecord<byte[], byte[]> message(String topic, Rejected rejected) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, rejected.key(), rejected.value());
    Headers headers = message.headers();
    rejected.headers().forEach(header -> headers.add(header.name(), header.value()));
    add(headers, TOPIC, rejected.topic());
    add(headers, PARTITION, Integer.toString(rejected.partition()));
    add(headers, OFFSET, Long.toString(rejected.offset()));
    add(headers, TIMESTAMP_MS, Long.toString(rejected.timestampMs()));
    add(headers, REASON, rejected.reason().code());
    add(headers, DETAIL, rejected.detail());
    return message;
  }

  private static void add(Headers headers, String name, String text) {
    headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
