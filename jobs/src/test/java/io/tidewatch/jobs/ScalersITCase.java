package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.analytics.scale.FeatureScaling;
import io.tidewatch.analytics.scale.ScalerFit;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.DeadLetters;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.ScalerCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TopicClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Feature vectors in Kafka, normalised by scalers that come before and during the job. */
@ExtendWith(SharedStack.class)
class ScalersITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Path MODELS = JobUnderTest.shipped("models");
  private static final Path RULES = JobUnderTest.shipped("rules/telemetry.yaml");
  private static final int DEVICES = 3;
  private static final int SECONDS = 40;

  private final TelemetryModels models = ModelFiles.load(YamlLoader.ofProcess(), MODELS);
  private final List<String> names = FeatureNames.of(models.get("welding"));

  @Test
  void rowsAreScaledFromTheFirstAndSwitchWhileTheJobRuns(EmbeddedStack stack) throws Exception {
    Scaler first = scaler("v1", Scaling.MinMax.ZERO_TO_ONE, 1);
    Scaler second = scaler("v2", new Scaling.ZScore(), 2);
    TopicClient topics = topics(stack, "switch");
    write(topics, "switch", "welding", ScalerCodec.encode(scaler("v0", new Scaling.ZScore(), 3)));
    write(topics, "switch", "welding", ScalerCodec.encode(first));
    write(topics, "switch", "welding", "{\"format\":1}".getBytes(UTF_8));

    JobUnderTest job =
        JobUnderTest.start(stack, TelemetryJob::build, RULES, yaml("switch"), readings(0));
    await("rows by the first scaler")
        .atMost(TIMEOUT)
        .until(() -> InProcessMetrics.sum(job.id(), "tidewatch.rows_scaled_total") > 0);
    byte[] malformed = "{\"format\":1,\"model\":\"welding\"}".getBytes(UTF_8);
    write(topics, "switch", "welding", malformed);
    write(topics, "switch", "welding", ScalerCodec.encode(second));
    await("the second scaler in all subtasks")
        .atMost(TIMEOUT)
        .until(
            () ->
                InProcessMetrics.sum(job.id(), "tidewatch.scalers_switched_total")
                    >= stack.flink().configuration().get(CoreOptions.DEFAULT_PARALLELISM));
    job.write(readings(SECONDS));
    job.awaitRead(2 * DEVICES * SECONDS + 2);
    job.drain();

    assertThat(job.restarts()).isZero();
    assertThat(job.deadLetters()).as("of telemetry").isEmpty();
    assertThat(topics.readAll("switch.scalers.dlq"))
        .singleElement()
        .satisfies(letter -> assertThat(letter.value()).isEqualTo(malformed))
        .satisfies(
            letter ->
                assertThat(letter.headers().lastHeader(DeadLetters.REASON).value())
                    .isEqualTo("missing_field".getBytes(UTF_8)));

    List<JsonNode> rows = rows(topics, "switch");
    assertThat(rows).hasSize(StoredWindows.features(job).size());
    Map<String, FeatureScaling> scalings =
        Map.of("v1", FeatureScaling.of(first, names), "v2", FeatureScaling.of(second, names));
    Map<String, String> latest = new HashMap<>();
    Set<String> versions = new HashSet<>();
    for (JsonNode row : rows) {
      String version = row.get("scaler_version").textValue();
      assertThat(scalings).containsKey(version);
      assertThat(values(row.get("scaled")))
          .isEqualTo(scalings.get(version).apply(values(row.get("features"))));
      String before = latest.put(row.get("device_id").textValue(), version);
      assertThat(before == null || before.compareTo(version) <= 0).as("never back").isTrue();
      versions.add(version);
    }
    assertThat(versions).containsExactlyInAnyOrder("v1", "v2");
    assertThat(latest.values()).hasSize(DEVICES).containsOnly("v2");
  }

  @Test
  void withoutTopicOfScalersVectorsAreRaw(EmbeddedStack stack) throws Exception {
    TopicClient topics = topics(stack, "raw");
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            TelemetryJob::build,
            RULES,
            "models: %s\nfeatures: {topic: raw.features}".formatted(MODELS),
            readings(0));
    job.awaitRead(DEVICES * SECONDS);
    job.drain();
    List<JsonNode> rows = rows(topics, "raw");
    assertThat(rows).hasSize(StoredWindows.features(job).size());
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.get("scaled").isNull()).isTrue();
              assertThat(row.get("scaler_version").isNull()).isTrue();
            });
  }

  @Test
  void keepsItsOperatorIds(EmbeddedStack stack) throws IOException {
    topics(stack, "uids");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration());
    build(stack, env, yaml("uids"));
    assertThat(OperatorUids.of(env.getStreamGraph()))
        .isEqualTo(OperatorUids.promised("telemetry-scaled"));
  }

  @Test
  void refusesATopicThatIsNotThere(EmbeddedStack stack) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration());
    assertThatThrownBy(() -> build(stack, env, yaml("absent")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "features.scalers_topic: must be a topic that can be read, was 'absent.scalers' (");
  }

  private static void build(EmbeddedStack stack, StreamExecutionEnvironment env, String yaml) {
    TelemetryJob.build(env, YamlLoader.ofProcess(), new JobSpace(stack).configFile(RULES, yaml));
  }

  private static String yaml(String space) {
    return "models: %s\nfeatures: {topic: %s.features, scalers_topic: %s.scalers}"
        .formatted(MODELS, space, space);
  }

  /** Makes the topics of a test. */
  private static TopicClient topics(EmbeddedStack stack, String space) {
    stack.kafka().createTopic(space + ".features", 2, Map.of());
    stack.kafka().createTopic(space + ".scalers", 2, Map.of("cleanup.policy", "compact"));
    stack.kafka().createTopic(space + ".scalers.dlq", 1, Map.of());
    return new TopicClient(stack.kafka().bootstrapServers());
  }

  private static void write(TopicClient topics, String space, String model, byte[] document) {
    topics.writeAll(
        List.of(new ProducerRecord<>(space + ".scalers", model.getBytes(UTF_8), document)));
  }

  /** Fitted on rows of chance. */
  private Scaler scaler(String version, Scaling scaling, long seed) {
    Random random = new Random(seed);
    ScalerFit fit = new ScalerFit(names);
    for (int i = 0; i < 20; i++) {
      fit.add(random.doubles(names.size(), -10, 10).toArray());
    }
    Map<String, FeatureStatistics> statistics = fit.statistics();
    return new Scaler("welding", version, scaling, statistics);
  }

  /** One reading a second and device, {@value #SECONDS} seconds long. */
  private List<byte[]> readings(int fromSecond) {
    TelemetryCodec codec = new TelemetryCodec(models);
    Random random = new Random(fromSecond);
    List<byte[]> readings = new ArrayList<>();
    for (int i = fromSecond; i < fromSecond + SECONDS; i++) {
      for (int device = 1; device <= DEVICES; device++) {
        double[] values = {
          180 + random.nextGaussian(), 24 + random.nextGaussian(), 60, 2 + random.nextDouble()
        };
        long timeMs = START_MS + i * 1000L;
        readings.add(
            codec.encode(
                new DeviceTelemetry("welding", "weld-" + device, timeMs, values, Map.of(), null)));
      }
    }
    return readings;
  }

  /** In the order in which they were told, of each device. */
  private static List<JsonNode> rows(TopicClient topics, String space) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : topics.readAll(space + ".features")) {
      JsonNode row = JSON.readTree(message.value());
      assertThat(new String(message.key(), UTF_8)).isEqualTo(row.get("device_id").textValue());
      rows.add(row);
    }
    assertThat(rows).isNotEmpty();
    return rows;
  }

  private double[] values(JsonNode features) {
    return names.stream()
        .mapToDouble(
            name -> features.get(name).isNull() ? Double.NaN : features.get(name).doubleValue())
        .toArray();
  }
}
