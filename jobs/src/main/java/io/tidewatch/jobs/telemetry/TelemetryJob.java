package io.tidewatch.jobs.telemetry;

import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.jobs.config.ConfigFile;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.RuleFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.FeatureRows;
import io.tidewatch.jobs.sink.KafkaSinks;
import io.tidewatch.jobs.sink.Migrations;
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
    TelemetryConfig config = loader.loadOver("telemetry.yaml", file, TelemetryConfig.class);
    TelemetryModels models = ModelFiles.load(loader, file.resolveSibling(config.models()));
    var rules =
        RuleFiles.load(
            loader, file.resolveSibling(config.alerting().rules()), new FeatureSeries(models));
    Migrations.apply(config.postgres());

    var codec = new TelemetryCodec(models, config.input().maxMessageBytes());
    var source =
        env.fromSource(
                KafkaSources.decoding(
                    config.kafka(),
                    config.input(),
                    config.eventTime(),
                    codec,
                    DeviceTelemetry::eventTimeMs,
                    DeviceTelemetry.class),
                InboundWatermarks.strategy(config.eventTime(), DeviceTelemetry::eventTimeMs),
                TelemetryUids.SOURCE)
            .uid(TelemetryUids.SOURCE);

    var streams = TelemetryTopology.define(source, models, rules);

    streams
        .features()
        .sinkTo(FeatureRows.sink(config.postgres(), models))
        .uid(TelemetryUids.FEATURES_SINK)
        .name(TelemetryUids.FEATURES_SINK);
    streams
        .alerts()
        .sinkTo(KafkaSinks.alerts(config.kafka(), config.alerting().topic()))
        .uid(TelemetryUids.ALERTS_SINK)
        .name(TelemetryUids.ALERTS_SINK);
    streams
        .rejected()
        .sinkTo(KafkaSinks.deadLetters(config.kafka(), config.input().deadLetterTopic()))
        .uid(TelemetryUids.REJECTED_SINK)
        .name(TelemetryUids.REJECTED_SINK);
    streams
        .late()
        .sinkTo(KafkaSinks.records(config.kafka(), config.input().lateTopic(), codec))
        .uid(TelemetryUids.LATE_SINK)
        .name(TelemetryUids.LATE_SINK);
  }
}
