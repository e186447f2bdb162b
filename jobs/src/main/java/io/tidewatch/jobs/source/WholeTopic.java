package io.tidewatch.jobs.source;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic of few documents, read to its present end, partition by partition in the order of its
 * messages.
 */
public final class WholeTopic {
  /** A topic of some documents is read in less than a second. */
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConfig kafka;
  private final String key;
  private final String topic;

  /**
   * @param key of the configuration that names the topic, for errors
   */
  public WholeTopic(KafkaConfig kafka, String key, String topic) {
    this.kafka = kafka;
    this.key = key;
    this.topic = topic;
  }

  /**
   * Reads it.
   *
   * @param each is handed each message
   * @return where each partition ended
   * @throws ConfigException when it does not exist or cannot be read within a minute
   */
  public Map<TopicPartition, Long> read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (var consumer =
        new KafkaConsumer<>(
            properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return read(consumer, each);
    } catch (KafkaException e) {
      throw unreadable(e.toString());
    }
  }

  private Properties properties() {
    Properties properties = kafka.clientProperties();
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return properties;
  }

  private Map<TopicPartition, Long> read(
      KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw unreadable("there is no such topic");
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < end(ends, p))) {
      if (System.nanoTime() - deadline > 0) {
        throw unreadable("not read to its end within " + TIMEOUT);
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        if (message.offset() < end(ends, new TopicPartition(topic, message.partition()))) {
          each.accept(message);
        }
      }
    }
    return ends;
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  private ConfigException unreadable(String why) {
    return new ConfigException(
        "%s: must be a topic that can be read, was '%s' (%s)".formatted(key, topic, why));
  }
}
