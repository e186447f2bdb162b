package io.tidewatch.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaITCase {
  private static final String TOPIC = "readings";

  @TempDir Path dir;

  @Test
  void servesRecordsStampedByTheBrokerAndKeepsThemOverARestart() throws Exception {
    long before = System.currentTimeMillis();
    String firstAddress;
    try (var kafka = EmbeddedKafka.start(dir)) {
      firstAddress = kafka.bootstrapServers();
      kafka.createTopic(TOPIC, 2, Map.of());
      produce(kafka, "a", "b", "c");
      assertThat(kafka.endOffsets(TOPIC)).isEqualTo(3);
    }
    Leftovers.assertNobodyListens(firstAddress);

    try (var kafka = EmbeddedKafka.start(dir)) {
      produce(kafka, "d");
      assertThat(kafka.endOffsets(TOPIC)).isEqualTo(4);
      assertThat(consume(kafka, 4))
          .allMatch(record -> record.timestampType() == TimestampType.LOG_APPEND_TIME)
          .allMatch(record -> record.timestamp() >= before)
          .extracting(ConsumerRecord::value)
          .containsExactlyInAnyOrder("a", "b", "c", "d");
      assertThatThrownBy(() -> kafka.createTopic(TOPIC, 1, Map.of()))
          .hasCauseInstanceOf(TopicExistsException.class);
    }
  }

  @Test
  void letsTheCallerOverrideASetting() {
    try (var kafka = EmbeddedKafka.start(dir, Map.of("num.partitions", "3"))) {
      kafka.createTopics(
          new org.apache.kafka.clients.admin.NewTopic(
              TOPIC, java.util.Optional.empty(), java.util.Optional.empty()));
      try (var consumer = consumer(kafka)) {
        assertThat(consumer.partitionsFor(TOPIC)).hasSize(3);
      }
    }
  }

  private static void produce(EmbeddedKafka kafka, String... values) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : values) {
        // A time long ago, which the broker's own replaces.
        producer.send(new ProducerRecord<>(TOPIC, null, 1L, value, value)).get();
      }
    }
  }

  private static List<ConsumerRecord<String, String>> consume(EmbeddedKafka kafka, int count) {
    try (var consumer = consumer(kafka)) {
      consumer.subscribe(List.of(TOPIC));
      var records = new java.util.ArrayList<ConsumerRecord<String, String>>();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  private static KafkaConsumer<String, String> consumer(EmbeddedKafka kafka) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "group.id", "test",
            "auto.offset.reset", "earliest"),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
