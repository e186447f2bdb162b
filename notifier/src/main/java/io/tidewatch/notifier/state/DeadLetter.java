package io.tidewatch.notifier.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.codec.Decoded;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A message that is no alert event, with its own headers and those that dead letters of all inputs
 * have.
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> message, Decoded.Refused<?> why) {

  ProducerRecord<byte[], byte[]> to(String topic) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, message.key(), message.value(), message.headers());
    header(letter, "original-topic", message.topic());
    header(letter, "original-partition", Integer.toString(message.partition()));
    header(letter, "original-offset", Long.toString(message.offset()));
    header(letter, "original-timestamp-ms", Long.toString(message.timestamp()));
    header(letter, "reason", why.reason().code());
    header(letter, "detail", why.detail());
    return letter;
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    String whole = "tidewatch-" + name;
    letter.headers().remove(whole).add(whole, value.getBytes(UTF_8));
  }
}
