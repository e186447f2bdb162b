package io.tidewatch.jobs.telemetry;

import io.tidewatch.jobs.config.ConfigFile;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.FeatureRows;
import io.tidewatch.jobs.sink.KafkaSinks;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.jobs.sink.Sinks;
import io.tidewatch.jobs.source.InboundWatermarks;
import io.tidewatch.jobs.source.KafkaSources;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Submits the telemetry job: {@code --config flink-conf/jobs/telemetry.yaml}. */
public final class TelemetryJob {
  public static final String NAME = "tidewatch-telemetry";

  private TelemetryJob() {}

  public static void main(String[] args) throws Exception {
    ConfigFile.run(
        args,
        (loader, file) -> {
          StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
          build(env, loader, file);
          env.execute(NAME);
        });
  }

  /** The whole job, sources and sinks attached, ready to execute. */
  public static void build(StreamExecutionEnvironment env, YamlLoader loader, Path file) {
    TelemetryFiles files = TelemetryFiles.load(loader, file);
    files.refuseWhatExplodes();
    TelemetryConfig config = files.config();
    TelemetryModels models = files.models();
    Migrations.apply(config.postgres());

    RowTarget rows = new RowTarget(config.postgres(), config.sink(), config.kafka());

    var source =
        env.fromSource(
                KafkaSources.decoding(
                    config.kafka(),
                    config.input(),
                    config.eventTime(),
                    files.decoder(),
                    DeviceTelemetry::eventTimeMs,
                    DeviceTelemetry.class),
                InboundWatermarks.strategy(config.eventTime(), DeviceTelemetry::eventTimeMs),
                TelemetryUids.SOURCE)
            .uid(TelemetryUids.SOURCE);

    var streams =
        TelemetryTopology.define(
            source,
            models,
            config.eventTime().allowedLateness(),
            config.preAggregation(),
            files.rules());

    Sinks.attach(
        streams.features(),
        FeatureRows.sink(rows, models),
        TelemetryUids.FEATURES_SINK);
    Sinks.attach(
        streams.alerts(),
        KafkaSinks.alerts(config.kafka(), config.alerting().topic()),
        TelemetryUids.ALERTS_SINK);
    Sinks.attach(
        streams.rejected(),
        KafkaSinks.deadLetters(config.kafka(), config.input().deadLetterTopic()),
        TelemetryUids.REJECTED_SINK);
    Sinks.attach(
        streams.late(),
        KafkaSinks.records(config.kafka(), config.input().lateTopic(), new TelemetryCodec(models)),
        TelemetryUids.LATE_SINK);
    TelemetryVectors.attach(env, files, streams.features());
  }
}
