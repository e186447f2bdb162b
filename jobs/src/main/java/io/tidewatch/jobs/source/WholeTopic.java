package io.tidewatch.jobs.source;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic, read to its present end, partition by partition in the order of its messages. Of
 * transactions there is what was committed; what comes behind one that is still open is beyond the
 * end.
 */
public final class WholeTopic {
  /** Brokers that have more answer in less than a second. */
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
   * @throws ConfigException when it does not exist, or nothing comes for a minute before its end
   */
  public Map<TopicPartition, Long> read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
    return with(consumer -> read(consumer, each));
  }

  /**
   * How far back it reaches now.
   *
   * @throws ConfigException when it does not exist or cannot be read
   */
  public TopicReach reach() {
    return with(
        consumer -> {
          List<TopicPartition> partitions = partitions(consumer);
          Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
          Map<TopicPartition, Long> everything = new HashMap<>();
          partitions.forEach(partition -> everything.put(partition, 0L));
          Map<TopicPartition, OffsetAndTimestamp> oldest = consumer.offsetsForTimes(everything);
          return new TopicReach(
              partitions.stream()
                  .map(p -> offset(begins, p) == 0 ? Long.MIN_VALUE : timeMs(oldest.get(p)))
                  .toList());
        });
  }

  private <T> T with(Function<KafkaConsumer<byte[], byte[]>, T> use) {
    try (var consumer =
        new KafkaConsumer<>(
            properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return use.apply(consumer);
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
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return properties;
  }

  private Map<TopicPartition, Long> read(
      KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    List<TopicPartition> partitions = partitions(consumer);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < offset(ends, p))) {
      if (System.nanoTime() - deadline > 0) {
        throw unreadable("before its end nothing came for " + TIMEOUT);
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        if (message.offset() < offset(ends, new TopicPartition(topic, message.partition()))) {
          deadline = System.nanoTime() + TIMEOUT.toNanos();
          each.accept(message);
        }
      }
    }
    return ends;
  }

  /** In the order of their numbers. */
  private List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw unreadable("there is no such topic");
    }
    return found.stream()
        .map(PartitionInfo::partition)
        .sorted()
        .map(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  private static long timeMs(@Nullable OffsetAndTimestamp oldest) {
    return oldest == null ? Long.MAX_VALUE : oldest.timestamp();
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  private ConfigException unreadable(String why) {
    return new ConfigException(
        "%s: must be a topic that can be read, was '%s' (%s)".formatted(key, topic, why));
  }
}
