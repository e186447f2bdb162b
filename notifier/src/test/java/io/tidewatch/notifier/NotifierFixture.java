package io.tidewatch.notifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.embedded.EmbeddedKafka;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.testkit.TopicClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The topics of one notifier, and what is written to and read from them. */
final class NotifierFixture {
  private final TopicClient client;
  private final String name;

  NotifierFixture(EmbeddedKafka kafka, String name) {
    this.client = new TopicClient(kafka.bootstrapServers());
    this.name = name;
    kafka.createTopic(name + Configs.ALERTS, 2, Map.of());
    kafka.createTopic(name + Configs.ALERTS + ".dlq", 1, Map.of());
    kafka.createTopic(name + Configs.NOTIFICATIONS, 2, Map.of("cleanup.policy", "compact"));
    kafka.createTopic(name + Configs.UNDELIVERED, 1, Map.of());
  }

  void tell(AlertEvent... events) {
    AlertEventCodec codec = new AlertEventCodec();
    client.writeAll(
        Stream.of(events)
            .map(
                event ->
                    new ProducerRecord<>(
                        name + Configs.ALERTS,
                        event.fingerprint().getBytes(UTF_8),
                        codec.encode(event)))
            .toList());
  }

  void tellBytes(String bytes) {
    client.writeAll(
        List.of(
            new ProducerRecord<>(
                name + Configs.ALERTS, "k".getBytes(UTF_8), bytes.getBytes(UTF_8))));
  }

  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return client.readAll(name + topic);
  }

  /** Values of the topic of notifications whose key begins so. */
  List<String> state(String prefix) {
    return read(Configs.NOTIFICATIONS).stream()
        .filter(message -> new String(message.key(), UTF_8).startsWith(prefix))
        .map(message -> message.value() == null ? "" : new String(message.value(), UTF_8))
        .toList();
  }
}
