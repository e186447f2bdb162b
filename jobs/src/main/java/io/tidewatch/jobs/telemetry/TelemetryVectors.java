package io.tidewatch.jobs.telemetry;

import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.jobs.config.FeaturesConfig;
import io.tidewatch.jobs.scaling.ScalingStage;
import io.tidewatch.jobs.sink.KafkaSinks;
import io.tidewatch.jobs.sink.Sinks;
import io.tidewatch.jobs.source.ScalerTopic;
import io.tidewatch.schemas.codec.FeatureVectorAvroEncoder;
import io.tidewatch.schemas.codec.FeatureVectorEncoder;
import io.tidewatch.schemas.codec.MessageEncoder;
import io.tidewatch.schemas.codec.ScalerMessageDecoder;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Feature vectors to Kafka, normalised where the configuration says so. */
final class TelemetryVectors {
  private TelemetryVectors() {}

  /** Attaches what {@code features} of the configuration asks for; nothing by default. */
  static void attach(
      StreamExecutionEnvironment env, TelemetryFiles files, DataStream<FeatureVector> vectors) {
    FeaturesConfig config = files.config().features();
    if (!config.areTold()) {
      return;
    }
    var kafka = files.config().kafka();
    Map<String, List<String>> names = names(files.models());
    MessageEncoder<ScaledVector> encoder =
        switch (config.format()) {
          case JSON -> new FeatureVectorEncoder(names);
          case AVRO -> new FeatureVectorAvroEncoder(names, config.schemaId());
        };
    if (config.areScaled()) {
      Sinks.attach(
          scaled(env, files, vectors, names),
          KafkaSinks.keyed(kafka, config.topic(), scaled -> scaled.vector().deviceId(), encoder),
          TelemetryUids.VECTORS_SINK);
    } else {
      Sinks.attach(
          vectors,
          KafkaSinks.keyed(
              kafka,
              config.topic(),
              FeatureVector::deviceId,
              vector -> encoder.encode(ScaledVector.raw(vector))),
          TelemetryUids.VECTORS_SINK);
    }
  }

  private static DataStream<ScaledVector> scaled(
      StreamExecutionEnvironment env,
      TelemetryFiles files,
      DataStream<FeatureVector> vectors,
      Map<String, List<String>> names) {
    TelemetryConfig config = files.config();
    FeaturesConfig features = config.features();
    ScalerTopic topic =
        ScalerTopic.read(config.kafka(), features.scalersTopic(), new ScalerMessageDecoder(names));
    var scalers =
        env.fromSource(
                topic.source(config.input().groupId() + "-scalers"),
                WatermarkStrategy.noWatermarks(),
                TelemetryUids.SCALERS_SOURCE)
            .setParallelism(ScalingStage.SCALERS_PARALLELISM)
            .uid(TelemetryUids.SCALERS_SOURCE);
    var streams =
        ScalingStage.define(
            vectors,
            scalers,
            names,
            topic.documents(),
            TelemetryUids.SCALERS_SPLIT,
            TelemetryUids.SCALE);
    Sinks.attach(
        streams.rejected(),
        KafkaSinks.deadLetters(config.kafka(), features.scalersDeadLetterTopic()),
        TelemetryUids.SCALERS_REJECTED_SINK);
    return streams.vectors();
  }

  private static Map<String, List<String>> names(TelemetryModels models) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (TelemetryModel model : models.all()) {
      names.put(model.name(), FeatureNames.of(model));
    }
    return names;
  }
}
