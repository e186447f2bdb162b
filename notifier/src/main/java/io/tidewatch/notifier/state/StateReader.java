package io.tidewatch.notifier.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.notifier.config.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic of notifications when the process starts. */
public final class StateReader {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private StateReader() {}

  /**
   * Everything that was committed. To be called when nobody else can write any more.
   *
   * @throws IllegalStateException when there is no such topic, or when it is not compacted, so that
   *     it would lose what waits
   */
  public static StoredState read(KafkaSettings kafka, String topic) {
    requireCompacted(kafka, topic);
    StoredState state = new StoredState();
    try (var consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(PATIENCE)) {
          if (message.key() != null) {
            state.apply(new String(message.key(), UTF_8), message.value());
          }
        }
      }
    }
    return state;
  }

  private static void requireCompacted(KafkaSettings kafka, String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(kafka.client(Map.of()))) {
      for (Config config : admin.describeConfigs(List.of(resource)).all().get().values()) {
        String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy)) {
          throw new IllegalStateException(
              "state.notifications_topic: must be compacted (cleanup.policy=compact), '"
                  + topic
                  + "' has "
                  + policy);
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new IllegalStateException(
            "state.notifications_topic: must exist, was '" + topic + "'", e);
      }
      throw new IllegalStateException(topic + ": cannot be described", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
