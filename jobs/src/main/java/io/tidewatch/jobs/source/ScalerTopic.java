package io.tidewatch.jobs.source;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ScalerMessageDecoder;
import io.tidewatch.schemas.scale.ScalerUpdate;
import io.tidewatch.udfs.decode.Inbound;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of scalers as it is when a job is submitted: read to its end before there is a stream,
 * so that the first row is scaled already; the source of the job goes on behind that. Read like a
 * stream, one message after the other: a refused one leaves what was there before. It is logged
 * here, since there is no stream yet that could tell it, and stays in the topic.
 */
public final class ScalerTopic {
  private static final Logger LOG = LoggerFactory.getLogger(ScalerTopic.class);

  /** A topic of some documents is read in less than a second. */
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConfig kafka;
  private final String topic;
  private final ScalerMessageDecoder decoder;
  private final Map<String, byte[]> documents = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  private ScalerTopic(KafkaConfig kafka, String topic, ScalerMessageDecoder decoder) {
    this.kafka = kafka;
    this.topic = topic;
    this.decoder = decoder;
  }

  /**
   * Reads the topic to its present end.
   *
   * @throws ConfigException when it does not exist or cannot be read within a minute
   */
  public static ScalerTopic read(KafkaConfig kafka, String topic, ScalerMessageDecoder decoder) {
    ScalerTopic read = new ScalerTopic(kafka, topic, decoder);
    try (var consumer =
        new KafkaConsumer<>(
            read.properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      read.readToTheEnd(consumer);
    } catch (KafkaException e) {
      throw read.unreadable(e.toString());
    }
    return read;
  }

  /** The last usable document of each model that has one, by its name. */
  public Map<String, byte[]> documents() {
    return Map.copyOf(documents);
  }

  /** What comes behind that, one message one {@link Inbound}. */
  public KafkaSource<Inbound<ScalerUpdate>> source(String groupId) {
    return KafkaSource.<Inbound<ScalerUpdate>>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setProperties(kafka.clientProperties())
        .setTopics(topic)
        .setGroupId(groupId)
        .setStartingOffsets(OffsetsInitializer.offsets(ends))
        .setDeserializer(new ScalerDecodingSchema(decoder))
        .build();
  }

  private Properties properties() {
    Properties properties = kafka.clientProperties();
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return properties;
  }

  private void readToTheEnd(KafkaConsumer<byte[], byte[]> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw unreadable("there is no such topic");
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    ends.putAll(consumer.endOffsets(partitions));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < end(p))) {
      if (System.nanoTime() - deadline > 0) {
        throw unreadable("not read to its end within " + TIMEOUT);
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        if (message.offset() < end(new TopicPartition(topic, message.partition()))) {
          take(message);
        }
      }
    }
  }

  private long end(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    Decoded<ScalerUpdate> decoded = decoder.decode(message.key(), message.value());
    if (decoded instanceof Decoded.Refused<ScalerUpdate> refused) {
      LOG.warn(
          "{}-{} offset {}: scaler left out: {}: {}",
          topic,
          message.partition(),
          message.offset(),
          refused.reason().code(),
          refused.detail());
      return;
    }
    ScalerUpdate update = ((Decoded.Ok<ScalerUpdate>) decoded).value();
    byte[] document = update.document();
    if (document == null) {
      documents.remove(update.model());
    } else {
      documents.put(update.model(), document);
    }
  }

  private ConfigException unreadable(String why) {
    return new ConfigException(
        "features.scalers_topic: must be a topic that can be read, was '%s' (%s)"
            .formatted(topic, why));
  }
}
