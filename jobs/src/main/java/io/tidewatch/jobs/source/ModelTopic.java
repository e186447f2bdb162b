package io.tidewatch.jobs.source;

import io.tidewatch.analytics.model.ModelMessageDecoder;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.schemas.reject.Rejected;
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
 * The topic of models as it is when a job is submitted: read to its end before there is a stream,
 * so that a job without state scores its first row by what a job or a person told before. The
 * source goes on behind that. What is refused is logged here and stays in the topic.
 *
 * <p>The documents travel with the job, so there is a limit: further models of keys are left out,
 * logged, and warm up again.
 */
public final class ModelTopic {
  private static final Logger LOG = LoggerFactory.getLogger(ModelTopic.class);

  /** Some hundred models; far below what a submitted job may hold. */
  private static final long MOST_BYTES = 64L << 20;

  private final KafkaConfig kafka;
  private final String topic;
  private final ModelDecodingSchema schema;
  private final Map<String, byte[]> documents = new HashMap<>();
  private final Map<TopicPartition, Long> ends;
  private long bytes;

  private ModelTopic(KafkaConfig kafka, String key, String topic, ModelMessageDecoder decoder) {
    this.kafka = kafka;
    this.topic = topic;
    this.schema = new ModelDecodingSchema(decoder);
    this.ends = new WholeTopic(kafka, key, topic).read(this::take);
  }

  /**
   * Reads the topic to its present end.
   *
   * @param key of the configuration that names the topic, for errors
   * @throws ConfigException when it does not exist or cannot be read within a minute
   */
  public static ModelTopic read(
      KafkaConfig kafka, String key, String topic, ModelMessageDecoder decoder) {
    return new ModelTopic(kafka, key, topic, decoder);
  }

  /** The last usable artifact of each key that has one. */
  public Map<String, byte[]> documents() {
    return Map.copyOf(documents);
  }

  /** What comes behind that, one message one {@link Inbound}. */
  public KafkaSource<Inbound<ModelUpdate>> source(String groupId) {
    return KafkaSource.<Inbound<ModelUpdate>>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setProperties(kafka.clientProperties())
        .setTopics(topic)
        .setGroupId(groupId)
        .setStartingOffsets(OffsetsInitializer.offsets(ends))
        .setDeserializer(schema)
        .build();
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    Inbound<ModelUpdate> inbound = schema.inbound(message);
    Rejected rejected = inbound.rejected();
    if (rejected != null) {
      LOG.warn(
          "{}-{} offset {}: model left out: {}: {}",
          topic,
          message.partition(),
          message.offset(),
          rejected.reason().code(),
          rejected.detail());
    }
    ModelUpdate update = inbound.value();
    if (update == null || update.rollback()) {
      return; // what a wish led to, the job has told behind it
    }
    byte[] before = documents.get(update.modelKey());
    long more = (long) update.document().length - (before == null ? 0 : before.length);
    if (bytes + more > MOST_BYTES) {
      LOG.warn("{}: model {} left out, there are too many", topic, update.modelKey());
      return;
    }
    bytes += more;
    documents.put(update.modelKey(), update.document());
  }
}
