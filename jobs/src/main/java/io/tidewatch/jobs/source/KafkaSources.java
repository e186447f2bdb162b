package io.tidewatch.jobs.source;

import io.tidewatch.analytics.clean.ClockGuard;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.udfs.decode.Inbound;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Builds the Kafka source of a job. */
public final class KafkaSources {
  private KafkaSources() {}

  /** Reads and decodes one topic; each message becomes one {@link Inbound}. */
  public static <T> KafkaSource<Inbound<T>> decoding(
      KafkaConfig kafka,
      InputConfig input,
      EventTimeConfig eventTimeConfig,
      MessageDecoder<T> decoder,
      EventTime<T> eventTime,
      Class<T> type) {
    ClockGuard clockGuard = new ClockGuard(eventTimeConfig.maxAhead(), eventTimeConfig.earliest());
    return KafkaSource.<Inbound<T>>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setProperties(AnsweredFetches.counted(kafka, input))
        .setTopics(input.topic())
        .setGroupId(input.groupId())
        .setStartingOffsets(startingOffsets(input.start()))
        .setDeserializer(new DecodingSchema<>(decoder, eventTime, clockGuard, type))
        .build();
  }

  @SuppressWarnings("deprecation") // the connector still takes the enum that Kafka deprecated
  private static OffsetsInitializer startingOffsets(InputConfig.Start start) {
    return switch (start) {
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    };
  }
}
