package io.tidewatch.jobs.latency;

import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.series.EndpointSeries;
import io.tidewatch.jobs.alerting.AlertOutputs;
import io.tidewatch.jobs.alerting.RuleSources;
import io.tidewatch.jobs.config.StreamSink;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.KafkaSinks;
import io.tidewatch.jobs.sink.LatencyRows;
import io.tidewatch.jobs.sink.LatencyTable;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.jobs.sink.Sinks;
import io.tidewatch.jobs.sink.TdengineRows;
import io.tidewatch.jobs.sink.parquet.ParquetFiles;
import io.tidewatch.jobs.sink.parquet.ParquetFolder;
import io.tidewatch.jobs.sink.tdengine.TdengineTables;
import io.tidewatch.jobs.source.InboundWatermarks;
import io.tidewatch.jobs.source.KafkaSources;
import io.tidewatch.jobs.submit.KafkaNeeds;
import io.tidewatch.jobs.submit.Submission;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.LatencyWindowCodec;
import io.tidewatch.schemas.event.ApiLatency;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Submits the latency job: {@code --config flink-conf/jobs/latency.yaml}. */
public final class LatencyJob {
  public static final String NAME = "tidewatch-latency";

  private LatencyJob() {}

  public static void main(String[] args) throws Exception {
    Submission.run(args, NAME, LatencyJob::needs, LatencyJob::build);
  }

  private static KafkaNeeds needs(YamlLoader loader, Path file) {
    LatencyConfig config = LatencyFiles.load(loader, file).config();
    return new KafkaNeeds(config.kafka(), config.topics());
  }

  /** The whole job, sources and sinks attached, ready to execute. */
  public static void build(StreamExecutionEnvironment env, YamlLoader loader, Path file) {
    LatencyFiles files = LatencyFiles.load(loader, file);
    files.refuseWhatExplodes();
    LatencyConfig config = files.config();
    Collection<StreamSink> sinks = config.sinks().windows();
    boolean stored = sinks.contains(StreamSink.TIMESCALE);
    if (stored) {
      Migrations.apply(config.postgres());
    }
    if (sinks.contains(StreamSink.TDENGINE)) {
      TdengineTables.apply(config.tdengine(), TdengineRows.windows().all());
    }
    if (sinks.contains(StreamSink.PARQUET)) {
      ParquetFolder.requireWritable(config.parquet());
    }

    var source =
        env.fromSource(
                KafkaSources.decoding(
                    config.kafka(),
                    config.input(),
                    config.eventTime(),
                    files.decoder(),
                    ApiLatency::eventTimeMs,
                    ApiLatency.class),
                InboundWatermarks.strategy(
                    config.eventTime(), config.input(), ApiLatency::eventTimeMs),
                LatencyUids.SOURCE)
            .uid(LatencyUids.SOURCE);

    var streams =
        LatencyTopology.define(
            source,
            config.endpoints(),
            config.window(),
            config.storedSketches(),
            config.eventTime().allowedLateness(),
            config.preAggregation(),
            RuleSources.of(
                env,
                config.kafka(),
                config.alerting(),
                file.resolveSibling(config.alerting().rules()),
                new LatencySeries(),
                config.input().groupId(),
                LatencyUids.ALERTING));

    @Nullable RowTarget rows =
        stored ? new RowTarget(config.postgres(), config.sink(), config.kafka()) : null;
    if (rows != null) {
      Sinks.attach(streams.windows(), LatencyRows.sink(rows), LatencyUids.WINDOWS_SINK);
    }
    if (sinks.contains(StreamSink.TDENGINE)) {
      Sinks.attach(
          streams.windows(),
          TdengineRows.sink(
              config.tdengine(), config.sink(), config.kafka(), TdengineRows.windows()),
          LatencyUids.TDENGINE_SINK);
    }
    if (sinks.contains(StreamSink.PARQUET)) {
      Sinks.attach(
          streams.windows(),
          ParquetFiles.sink(config.parquet(), new LatencyTable()),
          LatencyUids.PARQUET_SINK);
    }
    if (sinks.contains(StreamSink.KAFKA) && config.output().isTold()) {
      Sinks.attach(
          streams.windows(),
          KafkaSinks.keyed(
              config.kafka(),
              config.output().windowsTopic(),
              EndpointSeries::entity,
              new LatencyWindowCodec()),
          LatencyUids.TOPIC_SINK);
    }
    AlertOutputs.attach(
        streams.alerts(),
        config.kafka(),
        config.alerting(),
        rows,
        env.getConfiguration(),
        config.input().groupId(),
        NAME,
        LatencyUids.ALERTING);
    Sinks.attach(
        streams.rejected(),
        KafkaSinks.deadLetters(config.kafka(), config.input().deadLetterTopic()),
        LatencyUids.REJECTED_SINK);
    Sinks.attach(
        streams.late(),
        KafkaSinks.records(config.kafka(), config.input().lateTopic(), new ApiLatencyCodec()),
        LatencyUids.LATE_SINK);
  }
}
