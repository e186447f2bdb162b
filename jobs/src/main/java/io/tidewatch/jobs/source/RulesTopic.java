package io.tidewatch.jobs.source;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.schemas.rule.RuleUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic of rules as it is when a job is submitted: read to its end before there is a stream, so
 * that the first row is held against all of them; the source of the job goes on behind that.
 */
public final class RulesTopic {
  /** The key of the configuration that names it. */
  public static final String KEY = "alerting.rules_topic";

  private final KafkaConfig kafka;
  private final String topic;
  private final List<RuleUpdate> updates = new ArrayList<>();
  private final Map<TopicPartition, Long> ends;

  private RulesTopic(KafkaConfig kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
    this.ends =
        new WholeTopic(kafka, KEY, topic)
            .read(message -> updates.add(RuleDecodingSchema.update(message)));
  }

  /**
   * Reads the topic to its present end.
   *
   * @throws ConfigException when it does not exist or cannot be read within a minute
   */
  public static RulesTopic read(KafkaConfig kafka, String topic) {
    return new RulesTopic(kafka, topic);
  }

  /** What it holds, those of a rule in the order in which they were told. */
  public List<RuleUpdate> updates() {
    return List.copyOf(updates);
  }

  /** What comes behind that. */
  public KafkaSource<RuleUpdate> source(String groupId) {
    return KafkaSource.<RuleUpdate>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setProperties(kafka.clientProperties())
        .setTopics(topic)
        .setGroupId(groupId)
        .setStartingOffsets(OffsetsInitializer.offsets(ends))
        .setDeserializer(new RuleDecodingSchema())
        .build();
  }
}
