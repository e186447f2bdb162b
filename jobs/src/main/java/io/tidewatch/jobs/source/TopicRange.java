package io.tidewatch.jobs.source;

import io.tidewatch.analytics.clean.ClockGuard;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.udfs.decode.Inbound;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A range of a topic, by offsets that are looked up once: what comes later is not in it.
 *
 * @param from offset of the first message of each partition that has one
 * @param to offset behind the last message of the same partitions
 */
public record TopicRange(
    String topic, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
  private static final int TIMEOUT_MS = 30_000;

  /**
   * Looks up the offsets.
   *
   * @param from {@code earliest} or a broker time
   * @param to {@code latest} or a broker time
   * @param fromOffsets by partition, before {@code from}
   * @param toOffsets by partition, before {@code to}
   * @throws IllegalArgumentException naming key, rule and value, when there is no such range
   */
  public static TopicRange of(
      KafkaConfig kafka,
      String topic,
      String from,
      String to,
      Map<Integer, Long> fromOffsets,
      Map<Integer, Long> toOffsets) {
    requireAscending(from, to);
    Long fromMs = timeMs("from", from, "earliest");
    Long toMs = timeMs("to", to, "latest");
    try (var consumer =
        new KafkaConsumer<>(
            properties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      requireKnown("from_offsets", fromOffsets, partitions);
      requireKnown("to_offsets", toOffsets, partitions);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      return between(
          topic,
          begins,
          ends,
          chosen(consumer, fromOffsets, fromMs, begins, ends),
          chosen(consumer, toOffsets, toMs, ends, ends));
    } catch (KafkaException e) {
      throw new IllegalArgumentException(
          "topic: must be a topic that can be read, was '%s' (%s)".formatted(topic, e), e);
    }
  }

  /**
   * Refuses ends that are no times, or in no order; looks at no topic.
   *
   * @throws IllegalArgumentException naming key, rule and value
   */
  public static void requireAscending(String from, String to) {
    Long fromMs = timeMs("from", from, "earliest");
    Long toMs = timeMs("to", to, "latest");
    if (fromMs != null && toMs != null && fromMs >= toMs) {
      throw new IllegalArgumentException("to: must be after from (%s), was %s".formatted(from, to));
    }
  }

  private static @Nullable Long timeMs(String key, String text, String word) {
    try {
      return text.equals(word) ? null : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s: must be %s or a time such as 2026-01-01T00:00:00Z, was '%s'"
              .formatted(key, word, text),
          e);
    }
  }

  private static Properties properties(KafkaConfig kafka) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.setProperty(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(TIMEOUT_MS));
    return properties;
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new IllegalArgumentException(
          "topic: must be there, was '%s' and is not".formatted(topic));
    }
    return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private static void requireKnown(
      String key, Map<Integer, Long> offsets, List<TopicPartition> partitions) {
    List<Integer> known = partitions.stream().map(TopicPartition::partition).sorted().toList();
    for (Integer partition : offsets.keySet()) {
      if (!known.contains(partition)) {
        throw new IllegalArgumentException(
            "%s: must be of the partitions %s, was of %d".formatted(key, known, partition));
      }
    }
  }

  /** The offsets given, those of the time, or else {@code otherwise}. */
  private static Map<TopicPartition, Long> chosen(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<Integer, Long> given,
      @Nullable Long timeMs,
      Map<TopicPartition, Long> otherwise,
      Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> chosen = new HashMap<>(otherwise);
    if (timeMs != null) {
      Map<TopicPartition, Long> asked =
          ends.keySet().stream().collect(Collectors.toMap(each -> each, each -> timeMs));
      chosen.putAll(ends); // where no message is that late
      for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
          consumer.offsetsForTimes(asked).entrySet()) {
        if (found.getValue() != null) {
          chosen.put(found.getKey(), found.getValue().offset());
        }
      }
    }
    chosen.replaceAll((partition, offset) -> given.getOrDefault(partition.partition(), offset));
    return chosen;
  }

  private static TopicRange between(
      String topic,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to) {
    Map<TopicPartition, Long> first = new HashMap<>();
    Map<TopicPartition, Long> behind = new HashMap<>();
    for (TopicPartition partition : ends.keySet()) {
      long begin = begins.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, 0L);
      long start = from.getOrDefault(partition, begin);
      long stop = to.getOrDefault(partition, end);
      if (start < begin || stop > end || start > stop) {
        throw new IllegalArgumentException(
            "from_offsets, to_offsets: must be an ascending range within %d to %d of partition %d, was %d to %d"
                .formatted(begin, end, partition.partition(), start, stop));
      }
      if (start < stop) {
        first.put(partition, start);
        behind.put(partition, stop);
      }
    }
    if (first.isEmpty()) {
      throw new IllegalArgumentException(
          "from, to: must hold messages of the topic '%s', held none".formatted(topic));
    }
    return new TopicRange(topic, first, behind);
  }

  /** The offsets by partition: of the first message, and behind the last. */
  public Map<Integer, long[]> offsets() {
    Map<Integer, long[]> offsets = new TreeMap<>();
    from.forEach(
        (partition, first) ->
            offsets.put(
                partition.partition(), new long[] {first, to.getOrDefault(partition, first)}));
    return offsets;
  }

  /** Reads it to its end; each message becomes one {@link Inbound}. */
  public KafkaSource<Inbound<KnownTelemetry>> source(
      KafkaConfig kafka, ClockGuard guard, MessageDecoder<DeviceTelemetry> decoder) {
    return KafkaSource.<Inbound<KnownTelemetry>>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setProperties(kafka.clientProperties())
        .setPartitions(new HashSet<>(from.keySet()))
        .setStartingOffsets(OffsetsInitializer.offsets(from))
        .setBounded(OffsetsInitializer.offsets(to))
        .setDeserializer(
            new KnownDecodingSchema(
                new DecodingSchema<>(
                    decoder, DeviceTelemetry::eventTimeMs, guard, DeviceTelemetry.class)))
        .build();
  }
}
