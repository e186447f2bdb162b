package io.tidewatch.benchmarks.pipeline;

import io.tidewatch.benchmarks.decode.MessageKind;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyConfig;
import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.source.EventTime;
import io.tidewatch.jobs.source.InboundWatermarks;
import io.tidewatch.jobs.source.KafkaSources;
import io.tidewatch.jobs.telemetry.TelemetryConfig;
import io.tidewatch.jobs.telemetry.TelemetryFiles;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The job of each stage; all read the file that the job itself reads. */
final class StageJobs {
  private static final String SOURCE = "bench-source";
  private static final String SINK = "bench-discard";

  private StageJobs() {}

  /** The name of the source operator of that run, under which its metrics are found. */
  static String source(PipelineSpec spec) {
    if (spec.stage() != Stage.JOB) {
      return "Source: " + SOURCE;
    }
    return spec.message() == MessageKind.LATENCY
        ? "Source: latency-source"
        : "Source: telemetry-source";
  }

  static void build(PipelineSpec spec, StreamExecutionEnvironment env, Path file) {
    YamlLoader loader = YamlLoader.ofProcess();
    boolean latency = spec.message() == MessageKind.LATENCY;
    if (spec.stage() == Stage.JOB) {
      if (latency) {
        LatencyJob.build(env, loader, file);
      } else {
        TelemetryJob.build(env, loader, file);
      }
    } else if (latency) {
      LatencyFiles files = LatencyFiles.load(loader, file);
      LatencyConfig config = files.config();
      part(spec, env, config.kafka(), config.input(), config.eventTime())
          .read(files.decoder(), ApiLatency::eventTimeMs, ApiLatency.class);
    } else {
      TelemetryFiles files = TelemetryFiles.load(loader, file);
      TelemetryConfig config = files.config();
      part(spec, env, config.kafka(), config.input(), config.eventTime())
          .read(files.decoder(), DeviceTelemetry::eventTimeMs, DeviceTelemetry.class);
    }
  }

  private static Part part(
      PipelineSpec spec,
      StreamExecutionEnvironment env,
      KafkaConfig kafka,
      InputConfig input,
      EventTimeConfig eventTime) {
    return new Part(spec.stage(), env, kafka, input, eventTime);
  }

  /** A job that ends before its windows. */
  private record Part(
      Stage stage,
      StreamExecutionEnvironment env,
      KafkaConfig kafka,
      InputConfig input,
      EventTimeConfig eventTime) {

    <T> void read(MessageDecoder<T> decoder, EventTime<T> timeOf, Class<T> type) {
      if (stage == Stage.BYTES) {
        discard(env.fromSource(bytes(), WatermarkStrategy.noWatermarks(), SOURCE).uid(SOURCE));
      } else {
        discard(
            env.fromSource(
                    KafkaSources.decoding(kafka, input, eventTime, decoder, timeOf, type),
                    InboundWatermarks.strategy(eventTime, input, timeOf),
                    SOURCE)
                .uid(SOURCE));
      }
    }

    private KafkaSource<byte[]> bytes() {
      return KafkaSource.<byte[]>builder()
          .setBootstrapServers(kafka.bootstrapServers())
          .setProperties(kafka.clientProperties())
          .setTopics(input.topic())
          .setGroupId(input.groupId())
          .setStartingOffsets(OffsetsInitializer.earliest())
          .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(ByteArrayDeserializer.class))
          .build();
    }

    private static <T> void discard(DataStream<T> stream) {
      stream.sinkTo(new DiscardingSink<>()).uid(SINK).name(SINK);
    }
  }
}
