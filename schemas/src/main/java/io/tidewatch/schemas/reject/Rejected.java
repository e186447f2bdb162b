package io.tidewatch.schemas.reject;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refused message with its bytes unchanged and where it came from.
 *
 * @param topic Kafka topic it was read from
 * @param partition Kafka partition
 * @param offset Kafka offset within the partition
 * @param timestampMs the broker's time of the message, milliseconds since the epoch
 * @param headers those of the message, in their order
 * @param key the message key as it was; null when it had none
 * @param value the message value as it was; null when it had none
 * @param reason one word, stable
 * @param detail one line for a person: what was found, what was expected
 */
public record Rejected(
    String topic,
    int partition,
    long offset,
    long timestampMs,
    List<MessageHeader> headers,
    byte @Nullable [] key,
    byte @Nullable [] value,
    RejectReason reason,
    String detail) {

  /** A message without headers. */
  public Rejected(
      String topic,
      int partition,
      long offset,
      long timestampMs,
      byte @Nullable [] key,
      byte @Nullable [] value,
      RejectReason reason,
      String detail) {
    this(topic, partition, offset, timestampMs, List.of(), key, value, reason, detail);
  }
}
