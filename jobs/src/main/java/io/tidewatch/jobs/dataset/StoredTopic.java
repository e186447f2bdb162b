package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.clean.ClockGuard;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.source.TopicRange;
import io.tidewatch.jobs.telemetry.TelemetryFiles;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.dataset.DatasetSource;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.udfs.decode.Inbound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A range of the telemetry job's topic, read by its decoder and judged by its clock guard. */
record StoredTopic(
    KafkaConfig kafka, TopicRange range, ClockGuard guard, MessageDecoder<DeviceTelemetry> decoder)
    implements StoredTelemetry {

  /** Nobody commits offsets here, so nobody sees it. */
  private static final String GROUP = "tidewatch-dataset";

  /**
   * Looks at the configuration and at the schemas it names, not at the topic.
   *
   * @throws IllegalArgumentException naming key, rule and value
   * @throws ConfigException when a schema cannot be used
   */
  static void check(Path file, SourceConfig.Kafka config, TelemetryModels models) {
    try {
      brokers(config);
      TopicRange.requireAscending(config.from(), config.to());
      guard(config);
      decoder(file, config, models);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("kafka." + e.getMessage(), e);
    }
  }

  /**
   * @throws ConfigException when the topic or its range cannot be read
   */
  static StoredTopic of(Path file, SourceConfig.Kafka config, TelemetryModels models) {
    try {
      KafkaConfig kafka = brokers(config);
      return new StoredTopic(
          kafka,
          TopicRange.of(
              kafka,
              config.topic(),
              config.from(),
              config.to(),
              config.fromOffsets(),
              config.toOffsets()),
          guard(config),
          decoder(file, config, models));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": source.kafka." + e.getMessage());
    }
  }

  private static KafkaConfig brokers(SourceConfig.Kafka config) {
    return new KafkaConfig(config.bootstrapServers(), config.properties());
  }

  private static ClockGuard guard(SourceConfig.Kafka config) {
    return new ClockGuard(config.maxAhead(), config.earliest());
  }

  private static MessageDecoder<DeviceTelemetry> decoder(
      Path file, SourceConfig.Kafka config, TelemetryModels models) {
    InputConfig input =
        new InputConfig(
            config.topic(),
            GROUP,
            InputConfig.Start.EARLIEST,
            config.maxMessageBytes(),
            config.format(),
            config.avro());
    return TelemetryFiles.decoder(file, "source.kafka", input, models);
  }

  @Override
  public DataStream<Inbound<KnownTelemetry>> read(StreamExecutionEnvironment env) {
    return env.fromSource(
            range.source(kafka, guard, decoder),
            WatermarkStrategy.noWatermarks(),
            DatasetUids.SOURCE)
        .uid(DatasetUids.SOURCE);
  }

  @Override
  public List<DatasetSource> pieces() {
    List<DatasetSource> pieces = new ArrayList<>();
    range
        .offsets()
        .forEach(
            (partition, offsets) ->
                pieces.add(
                    new DatasetSource.KafkaRange(
                        range.topic(), partition, offsets[0], offsets[1])));
    return pieces;
  }
}
