package io.tidewatch.jobs.telemetry;

import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.jobs.alerting.AlertOutputs;
import io.tidewatch.jobs.alerting.RuleSources;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.StreamSink;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.FeatureRows;
import io.tidewatch.jobs.sink.FeatureTable;
import io.tidewatch.jobs.sink.KafkaSinks;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.sink.ReadingTable;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.jobs.sink.Sinks;
import io.tidewatch.jobs.sink.TdengineRows;
import io.tidewatch.jobs.sink.parquet.ParquetFiles;
import io.tidewatch.jobs.sink.parquet.ParquetFolder;
import io.tidewatch.jobs.sink.tdengine.TdengineTables;
import io.tidewatch.jobs.source.InboundWatermarks;
import io.tidewatch.jobs.source.KafkaSources;
import io.tidewatch.jobs.submit.KafkaNeeds;
import io.tidewatch.jobs.submit.StartingList;
import io.tidewatch.jobs.submit.Submission;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.udfs.clean.ModelFields;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Submits the telemetry job: {@code --config flink-conf/jobs/telemetry.yaml}. */
public final class TelemetryJob {
  public static final String NAME = "tidewatch-telemetry";

  private TelemetryJob() {}

  public static void main(String[] args) throws Exception {
    Submission.run(args, NAME, TelemetryJob::needs, TelemetryJob::build);
  }

  private static KafkaNeeds needs(YamlLoader loader, Path file) {
    TelemetryConfig config = TelemetryFiles.load(loader, file).config();
    return new KafkaNeeds(config.kafka(), config.topics());
  }

  /** State to go on from has the fields at the places where the models have them. */
  private static void requireFields(StreamExecutionEnvironment env, TelemetryModels models) {
    for (ModelFields then :
        StartingList.read(env, TelemetryUids.CLEAN, ModelFields.STATE, ModelFields.class)) {
      String mismatch = then.mismatch(models);
      if (mismatch != null) {
        throw new ConfigException(NAME + ": " + mismatch);
      }
    }
  }

  /** The whole job, sources and sinks attached, ready to execute. */
  public static void build(StreamExecutionEnvironment env, YamlLoader loader, Path file) {
    TelemetryFiles files = TelemetryFiles.load(loader, file);
    files.refuseWhatExplodes();
    TelemetryConfig config = files.config();
    TelemetryModels models = files.models();
    requireFields(env, models);
    makeTables(config, models);

    var source =
        env.fromSource(
                KafkaSources.decoding(
                    config.kafka(),
                    config.input(),
                    config.eventTime(),
                    files.decoder(),
                    DeviceTelemetry::eventTimeMs,
                    DeviceTelemetry.class),
                InboundWatermarks.strategy(
                    config.eventTime(), config.input(), DeviceTelemetry::eventTimeMs),
                TelemetryUids.SOURCE)
            .uid(TelemetryUids.SOURCE);

    var streams =
        TelemetryTopology.define(
            source,
            models,
            config.eventTime().allowedLateness(),
            config.preAggregation(),
            RuleSources.of(
                env,
                config.kafka(),
                config.alerting(),
                file.resolveSibling(config.alerting().rules()),
                new FeatureSeries(models),
                config.input().groupId(),
                TelemetryUids.ALERTING));

    @Nullable RowTarget rows =
        stores(config) ? new RowTarget(config.postgres(), config.sink(), config.kafka()) : null;
    if (rows != null) {
      Sinks.attach(streams.features(), FeatureRows.sink(rows, models), TelemetryUids.FEATURES_SINK);
    }
    if (config.sinks().features().contains(StreamSink.TDENGINE)) {
      Sinks.attach(
          streams.features(),
          TdengineRows.sink(
              config.tdengine(), config.sink(), config.kafka(), TdengineRows.features(models)),
          TelemetryUids.FEATURES_TDENGINE_SINK);
    }
    if (config.sinks().features().contains(StreamSink.PARQUET)) {
      Sinks.attach(
          streams.features(),
          ParquetFiles.sink(config.parquet(), new FeatureTable(models)),
          TelemetryUids.FEATURES_PARQUET_SINK);
    }
    if (config.sinks().readings().contains(StreamSink.PARQUET)) {
      Sinks.attach(
          streams.readings(),
          ParquetFiles.sink(config.parquet(), new ReadingTable(models)),
          TelemetryUids.READINGS_PARQUET_SINK);
    }
    if (config.sinks().readings().contains(StreamSink.TDENGINE)) {
      Sinks.attach(
          streams.readings(),
          TdengineRows.sink(
              config.tdengine(), config.sink(), config.kafka(), TdengineRows.readings(models)),
          TelemetryUids.READINGS_SINK);
    }
    AlertOutputs.attach(
        streams.alerts(),
        config.kafka(),
        config.alerting(),
        rows,
        env.getConfiguration(),
        config.input().groupId(),
        NAME,
        TelemetryUids.ALERTING);
    Sinks.attach(
        streams.rejected(),
        KafkaSinks.deadLetters(config.kafka(), config.input().deadLetterTopic()),
        TelemetryUids.REJECTED_SINK);
    Sinks.attach(
        streams.late(),
        KafkaSinks.records(config.kafka(), config.input().lateTopic(), new TelemetryCodec(models)),
        TelemetryUids.LATE_SINK);
    if (config.sinks().features().contains(StreamSink.KAFKA)) {
      TelemetryVectors.attach(env, files, streams.features());
    }
  }

  private static void makeTables(TelemetryConfig config, TelemetryModels models) {
    if (stores(config)) {
      Migrations.apply(config.postgres());
    }
    if (config.sinks().readings().contains(StreamSink.TDENGINE)) {
      TdengineTables.apply(config.tdengine(), TdengineRows.readings(models).all());
    }
    if (config.sinks().features().contains(StreamSink.TDENGINE)) {
      TdengineTables.apply(config.tdengine(), TdengineRows.features(models).all());
    }
    if (config.sinks().features().contains(StreamSink.PARQUET)
        || config.sinks().readings().contains(StreamSink.PARQUET)) {
      ParquetFolder.requireWritable(config.parquet());
    }
  }

  private static boolean stores(TelemetryConfig config) {
    return config.sinks().features().contains(StreamSink.TIMESCALE);
  }
}
