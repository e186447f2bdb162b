package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.schemas.codec.AlertSnapshotEncoder;
import io.tidewatch.schemas.codec.MessageEncoder;
import io.tidewatch.schemas.codec.RefusedRowEncoder;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.forest.ModelDocument;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.schemas.reject.RefusedRow;
import io.tidewatch.schemas.reject.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Builds the Kafka sinks of the jobs. All deliver at least once, unless they say otherwise. */
public final class KafkaSinks {
  /**
   * A dead letter may be as large as what a broker lets in; 64 MiB is above any sensible {@code
   * message.max.bytes}, and the broker's own limit still holds.
   */
  private static final int MAX_REQUEST_BYTES = 64 << 20;

  /**
   * Windows of all keys fire at once, a kilobyte and more each. Kafka's 16 KiB would make a request
   * of a few of them; what is alone does not wait to be more, whatever this is.
   */
  private static final int BATCH_BYTES = 128 << 10;

  private KafkaSinks() {}

  /** Refused messages, key and value unchanged, to {@code topic}; why and whence in the headers. */
  public static KafkaSink<Rejected> deadLetters(KafkaConfig kafka, String topic) {
    return sink(kafka, (rejected, context, nowMs) -> DeadLetters.message(topic, rejected));
  }

  /** Late records, encoded as they may be fed in again, to {@code topic}. */
  public static <T> KafkaSink<T> records(
      KafkaConfig kafka, String topic, MessageEncoder<T> encoder) {
    return sink(
        kafka, (record, context, nowMs) -> new ProducerRecord<>(topic, encoder.encode(record)));
  }

  /**
   * Alert events to their topic, keyed by fingerprint, as CloudEvents.
   *
   * @param flink configuration of the job
   * @param source who tells them
   * @param transactions what the names of this sink's transactions begin with; no other sink on
   *     that broker may have the same
   * @throws io.tidewatch.jobs.config.ConfigException when exactly-once could lose some
   */
  public static KafkaSink<AlertEvent> alerts(
      KafkaConfig kafka,
      AlertingConfig alerting,
      ReadableConfig flink,
      String source,
      String transactions) {
    String topic = alerting.topic();
    KafkaSinkBuilder<AlertEvent> sink =
        builder(kafka, (event, context, nowMs) -> AlertMessages.message(topic, source, event));
    if (alerting.delivery() == AlertingConfig.Delivery.EXACTLY_ONCE) {
      ExactlyOnce.require(kafka, alerting, flink);
      sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
          .setTransactionalIdPrefix(transactions)
          .setProperty(
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
              Long.toString(alerting.transactionTimeout().toMillis()));
    }
    return sink.build();
  }

  /** The present state of each alert to a compacted topic, keyed by fingerprint. */
  public static KafkaSink<AlertSnapshot> alertStates(KafkaConfig kafka, String topic) {
    AlertSnapshotEncoder encoder = new AlertSnapshotEncoder();
    return sink(
        kafka,
        (snapshot, context, nowMs) ->
            new ProducerRecord<>(
                topic,
                snapshot.fingerprint().getBytes(StandardCharsets.UTF_8),
                encoder.encode(snapshot)));
  }

  /** Records to {@code topic}, those of a key in one partition. */
  public static <T> KafkaSink<T> keyed(
      KafkaConfig kafka, String topic, MessageKey<T> key, MessageEncoder<T> encoder) {
    return sink(
        kafka,
        (record, context, nowMs) ->
            new ProducerRecord<>(
                topic, key.of(record).getBytes(StandardCharsets.UTF_8), encoder.encode(record)));
  }

  /** Rows that a database refused to {@code topic}, those of a table in one partition. */
  public static KafkaSink<RefusedRow> refused(KafkaConfig kafka, String topic) {
    return keyed(kafka, topic, RefusedRow::table, new RefusedRowEncoder());
  }

  /** Artifacts that a job uses to {@code topic}, keyed by what they score, with who told them. */
  public static KafkaSink<ModelDocument> models(KafkaConfig kafka, String topic, String toldBy) {
    return sink(
        kafka,
        (model, context, nowMs) -> {
          var message =
              new ProducerRecord<>(
                  topic, model.modelKey().getBytes(StandardCharsets.UTF_8), model.document());
          message.headers().add(ModelUpdate.TOLD_BY_JOB, toldBy.getBytes(StandardCharsets.UTF_8));
          return message;
        });
  }

  private static <T> KafkaSink<T> sink(
      KafkaConfig kafka, KafkaRecordSerializationSchema<T> serializer) {
    return builder(kafka, serializer).build();
  }

  private static <T> KafkaSinkBuilder<T> builder(
      KafkaConfig kafka, KafkaRecordSerializationSchema<T> serializer) {
    Properties properties = kafka.clientProperties();
    properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
    return KafkaSink.<T>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES))
        .setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(MAX_REQUEST_BYTES))
        .setRecordSerializer(serializer)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
  }
}
