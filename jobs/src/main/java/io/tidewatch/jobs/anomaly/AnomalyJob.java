package io.tidewatch.jobs.anomaly;

import io.tidewatch.jobs.config.StreamSink;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.KafkaSinks;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.jobs.sink.ScoreRows;
import io.tidewatch.jobs.sink.ScoreTable;
import io.tidewatch.jobs.sink.Sinks;
import io.tidewatch.jobs.sink.TdengineRows;
import io.tidewatch.jobs.sink.parquet.ParquetFiles;
import io.tidewatch.jobs.sink.parquet.ParquetFolder;
import io.tidewatch.jobs.sink.tdengine.TdengineTables;
import io.tidewatch.jobs.source.InboundWatermarks;
import io.tidewatch.jobs.source.KafkaSources;
import io.tidewatch.jobs.source.ModelTopic;
import io.tidewatch.jobs.source.NoEventTime;
import io.tidewatch.jobs.submit.KafkaNeeds;
import io.tidewatch.jobs.submit.Submission;
import io.tidewatch.schemas.codec.AnomalyScoreEncoder;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import java.nio.file.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Submits the anomaly job: {@code --config flink-conf/jobs/anomaly.yaml}. */
public final class AnomalyJob {
  public static final String NAME = "tidewatch-anomaly";

  /** Operators that count what is read of vectors, and of latency windows, by their name. */
  public static final String VECTORS_READ = AnomalyUids.SPLIT;

  public static final String WINDOWS_READ = AnomalyUids.LATENCY_SPLIT;

  private AnomalyJob() {}

  public static void main(String[] args) throws Exception {
    Submission.run(args, NAME, AnomalyJob::needs, AnomalyJob::build);
  }

  private static KafkaNeeds needs(YamlLoader loader, Path file) {
    AnomalyConfig config = AnomalyFiles.load(loader, file).config();
    return new KafkaNeeds(config.kafka(), config.topics());
  }

  /** The whole job, sources and sinks attached, ready to execute. */
  public static void build(StreamExecutionEnvironment env, YamlLoader loader, Path file) {
    AnomalyFiles files = AnomalyFiles.load(loader, file);
    AnomalyConfig config = files.config();
    AnomalyOutput output = config.output();
    ModelTopic topic =
        ModelTopic.read(
            config.kafka(), AnomalyFiles.MODELS_TOPIC, output.modelsTopic(), files.modelDecoder());
    boolean stored = config.sinks().scores().contains(StreamSink.TIMESCALE);
    makeTables(config, files.models());

    var source =
        env.fromSource(
                KafkaSources.decoding(
                    config.kafka(),
                    config.input(),
                    config.eventTime(),
                    files.decoder(),
                    FeatureVector::windowEndMs,
                    FeatureVector.class),
                InboundWatermarks.strategy(
                    config.eventTime(), config.input(), FeatureVector::windowEndMs),
                AnomalyUids.SOURCE)
            .uid(AnomalyUids.SOURCE);
    var models =
        env.fromSource(
                topic.source(config.input().groupId() + "-models"),
                NoEventTime.strategy(),
                AnomalyUids.MODELS_SOURCE)
            .setParallelism(AnomalyTopology.MODELS_PARALLELISM)
            .uid(AnomalyUids.MODELS_SOURCE);

    var series =
        new SeriesStage.Input(
            files.deviceSeries(),
            latency(env, files),
            files.endpointSeries(),
            config.series().rules(),
            files.deviations());

    var streams =
        AnomalyTopology.define(
            source, models, files.selections(), config.scoring(), topic.documents(), series);

    @Nullable RowTarget rows =
        stored ? new RowTarget(config.postgres(), config.sink(), config.kafka()) : null;
    AnomalyAlerts.attach(env, file, config, streams.scores(), rows);
    if (rows != null) {
      Sinks.attach(streams.scores(), ScoreRows.sink(rows), AnomalyUids.ROWS_SINK);
    }
    if (config.sinks().scores().contains(StreamSink.TDENGINE)) {
      Sinks.attach(
          streams.scores(),
          TdengineRows.sink(
              config.tdengine(),
              config.sink(),
              config.kafka(),
              TdengineRows.scores(files.models())),
          AnomalyUids.TDENGINE_SINK);
    }
    if (config.sinks().scores().contains(StreamSink.PARQUET)) {
      Sinks.attach(
          streams.scores(),
          ParquetFiles.sink(config.parquet(), new ScoreTable()),
          AnomalyUids.PARQUET_SINK);
    }
    if (config.sinks().scores().contains(StreamSink.KAFKA)) {
      Sinks.attach(
          streams.scores(),
          KafkaSinks.keyed(
              config.kafka(),
              output.scoresTopic(),
              AnomalyScore::entity,
              new AnomalyScoreEncoder()),
          AnomalyUids.SCORES_SINK);
    }
    Sinks.attach(
        streams.models(),
        KafkaSinks.models(config.kafka(), output.modelsTopic(), config.input().groupId()),
        AnomalyUids.MODELS_SINK);
    Sinks.attach(
        streams.rejected(),
        KafkaSinks.deadLetters(config.kafka(), config.input().deadLetterTopic()),
        AnomalyUids.REJECTED_SINK);
    Sinks.attach(
        streams.rejectedModels(),
        KafkaSinks.deadLetters(config.kafka(), output.modelsDeadLetterTopic()),
        AnomalyUids.MODELS_REJECTED_SINK);
    DataStream<Rejected> rejectedLatency = streams.rejectedLatency();
    if (rejectedLatency != null) {
      Sinks.attach(
          rejectedLatency,
          KafkaSinks.deadLetters(config.kafka(), config.latencyInput().deadLetterTopic()),
          AnomalyUids.LATENCY_REJECTED_SINK);
    }
  }

  private static void makeTables(AnomalyConfig config, TelemetryModels models) {
    if (config.sinks().scores().contains(StreamSink.TIMESCALE)) {
      Migrations.apply(config.postgres());
    }
    if (config.sinks().scores().contains(StreamSink.TDENGINE)) {
      TdengineTables.apply(config.tdengine(), TdengineRows.scores(models).all());
    }
    if (config.sinks().scores().contains(StreamSink.PARQUET)) {
      ParquetFolder.requireWritable(config.parquet());
    }
  }

  /** The latency windows; null where none of their metrics is scored. */
  private static @Nullable DataStream<Inbound<LatencyWindow>> latency(
      StreamExecutionEnvironment env, AnomalyFiles files) {
    if (files.endpointSeries().isEmpty()) {
      return null;
    }
    AnomalyConfig config = files.config();
    return env.fromSource(
            KafkaSources.decoding(
                config.kafka(),
                config.latencyInput(),
                config.eventTime(),
                files.latencyDecoder(),
                LatencyWindow::windowEndMs,
                LatencyWindow.class),
            InboundWatermarks.strategy(
                config.eventTime(), config.latencyInput(), LatencyWindow::windowEndMs),
            AnomalyUids.LATENCY_SOURCE)
        .uid(AnomalyUids.LATENCY_SOURCE);
  }
}
