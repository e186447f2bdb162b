package io.tidewatch.jobs.source;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ScalerMessageDecoder;
import io.tidewatch.schemas.scale.ScalerUpdate;
import io.tidewatch.udfs.decode.Inbound;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
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

  private final KafkaConfig kafka;
  private final String topic;
  private final ScalerMessageDecoder decoder;
  private final Map<String, byte[]> documents = new HashMap<>();
  private final Map<TopicPartition, Long> ends;

  private ScalerTopic(KafkaConfig kafka, String topic, ScalerMessageDecoder decoder) {
    this.kafka = kafka;
    this.topic = topic;
    this.decoder = decoder;
    this.ends = new WholeTopic(kafka, "features.scalers_topic", topic).read(this::take);
  }

  /**
   * Reads the topic to its present end.
   *
   * @throws ConfigException when it does not exist or cannot be read within a minute
   */
  public static ScalerTopic read(KafkaConfig kafka, String topic, ScalerMessageDecoder decoder) {
    return new ScalerTopic(kafka, topic, decoder);
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
}
