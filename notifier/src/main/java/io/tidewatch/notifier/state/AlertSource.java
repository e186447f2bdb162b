package io.tidewatch.notifier.state;

import io.tidewatch.notifier.config.InputSettings;
import io.tidewatch.notifier.config.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic of the alert events, all partitions of it: there is one notifier, so there is nothing
 * to divide, and one that was killed is not waited for. Not thread-safe.
 */
public final class AlertSource implements AutoCloseable {
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(30);

  private final InputSettings input;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<TopicPartition> partitions = new HashSet<>();
  private long lookedNanos;

  /**
   * Begins where the committed offsets say.
   *
   * @throws IllegalStateException when there is no such topic
   */
  public AlertSource(KafkaSettings kafka, InputSettings input) {
    this.input = input;
    this.consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    ConsumerConfig.GROUP_ID_CONFIG,
                    input.groupId(),
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    // where the topic no longer has an offset that was committed
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try {
      lookForPartitions(input.start() == InputSettings.Start.LATEST);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
    if (partitions.isEmpty()) {
      consumer.close();
      throw new IllegalStateException("input.topic: must exist, was '" + input.topic() + "'");
    }
  }

  /**
   * @param fromEnd where partitions begin that were never read; ones that appear later are read
   *     from their beginning
   */
  private void lookForPartitions(boolean fromEnd) {
    lookedNanos = System.nanoTime();
    List<TopicPartition> fresh = new ArrayList<>();
    for (PartitionInfo info : consumer.partitionsFor(input.topic())) {
      TopicPartition partition = new TopicPartition(input.topic(), info.partition());
      if (partitions.add(partition)) {
        fresh.add(partition);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    consumer.assign(partitions);
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(fresh));
    fresh.removeIf(partition -> committed.get(partition) != null);
    if (fromEnd) {
      consumer.seekToEnd(fresh);
    } else {
      consumer.seekToBeginning(fresh);
    }
    // Kept at once: what comes from now on is not missed, even if this process ends before it acts.
    Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
    for (TopicPartition partition : fresh) {
      begin.put(partition, new OffsetAndMetadata(consumer.position(partition)));
    }
    if (!begin.isEmpty()) {
      consumer.commitSync(begin);
    }
  }

  public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    if (System.nanoTime() - lookedNanos > LOOK_FOR_PARTITIONS.toNanos()) {
      lookForPartitions(false);
    }
    return consumer.poll(patience);
  }

  /** Where reading goes on, behind all that {@link #poll} returned. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      offsets.put(partition, new OffsetAndMetadata(consumer.position(partition)));
    }
    return offsets;
  }

  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
