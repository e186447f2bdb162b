package io.tidewatch.jobs.anomaly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.JobSpace;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.codec.FeatureVectorAvroEncoder;
import io.tidewatch.schemas.codec.FeatureVectorEncoder;
import io.tidewatch.schemas.codec.MessageEncoder;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Topics, database and configuration of an anomaly job, and rows of welding devices for it. */
final class AnomalySpace {
  static final Duration TIMEOUT = Duration.ofMinutes(5);
  static final int WARM_UP = 150;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  final JobSpace space;
  final String scores;
  final String models;
  private final EmbeddedStack stack;
  private final List<String> names =
      FeatureNames.of(
          ModelFiles.load(YamlLoader.ofProcess(), JobSpace.shipped("models")).get("welding"));

  AnomalySpace(EmbeddedStack stack) {
    this.stack = stack;
    this.space = new JobSpace(stack);
    this.scores = space.topic + ".scores";
    this.models = space.topic + ".models";
    stack.kafka().createTopic(scores, 1, Map.of());
    stack.kafka().createTopic(models, 1, Map.of("cleanup.policy", "compact"));
    stack.kafka().createTopic(models + ".dlq", 1, Map.of());
  }

  /**
   * @param training further keys of {@code scoring.training}
   */
  Path config(String training) {
    return config(training, "{devices: [], endpoints: []}");
  }

  /**
   * @param training further keys of {@code scoring.training}
   * @param series keys of {@code series}
   */
  Path config(String training, String series) {
    String text =
        """
        input: {topic: %s, group_id: %s}
        event_time: {idle_after: PT1H}
        models: %s
        scoring:
          forest: {trees: 50, sample_rows: 128}
          training: {warm_up_rows: %d, %s}
          threshold: {margin: 0.5}
        series: %s
        output: {scores_topic: %s, models_topic: %s}
        alerting: {rules: %s, topic: %s, state_topic: "", rules_topic: "", status_topic: ""}
        sink: {flush_interval: PT0.1S}
        """
            .formatted(
                space.topic,
                space.topic,
                JobSpace.shipped("models"),
                WARM_UP,
                training,
                series,
                scores,
                models,
                JobSpace.shipped("rules/anomaly.yaml"),
                space.alertsTopic);
    try {
      Path folder = Files.createDirectories(Path.of("target", "conf"));
      return Files.writeString(folder.resolve(space.topic + ".yaml"), text).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The configuration with a piece of its text in place of another. */
  Path config(String training, String piece, String other) throws IOException {
    Path file = config(training);
    String text = Files.readString(file);
    if (!text.contains(piece)) {
      throw new IllegalArgumentException("piece: must be in the configuration, was " + piece);
    }
    return Files.writeString(file, text.replace(piece, other));
  }

  YamlLoader loader() {
    return new YamlLoader(space.environment()::get);
  }

  StreamExecutionEnvironment environment(@Nullable String savepoint) {
    Configuration flink = stack.flink().configuration();
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return StreamExecutionEnvironment.getExecutionEnvironment(flink);
  }

  JobID start(Path config, @Nullable String savepoint) {
    StreamExecutionEnvironment env = environment(savepoint);
    AnomalyJob.build(env, loader(), config);
    return stack.flink().submit(env);
  }

  /** Rows in one partition, so that they come in one order. */
  void write(List<FeatureVector> rows) {
    write(rows, new FeatureVectorEncoder(Map.of("welding", names)));
  }

  /** The same in Avro, under that id of the schema. */
  void writeAvro(List<FeatureVector> rows, int schemaId) {
    write(rows, new FeatureVectorAvroEncoder(Map.of("welding", names), schemaId));
  }

  private void write(List<FeatureVector> rows, MessageEncoder<ScaledVector> encoder) {
    space.topics.writeAll(
        rows.stream()
            .map(
                row ->
                    new ProducerRecord<byte[], byte[]>(
                        space.topic, 0, null, encoder.encode(ScaledVector.raw(row))))
            .toList());
  }

  void writeModel(String key, byte[] document) {
    space.topics.writeAll(List.of(new ProducerRecord<>(models, key.getBytes(UTF_8), document)));
  }

  /** Waits for so many scores. */
  List<JsonNode> awaitScores(int count) {
    await("scores").atMost(TIMEOUT).until(() -> stack.kafka().endOffsets(scores) >= count);
    return read(scores);
  }

  void awaitCount(JobID job, String metric, int count) {
    await(metric)
        .atMost(TIMEOUT)
        .until(() -> InProcessMetrics.sum(job, "tidewatch." + metric) >= count);
  }

  List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    return space.topics.readAll(topic);
  }

  private List<JsonNode> read(String topic) {
    List<JsonNode> all = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : messages(topic)) {
      try {
        all.add(JSON.readTree(message.value()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  /** One row a second, usual in all that is scored. */
  List<FeatureVector> usual(int from, int count) {
    List<FeatureVector> rows = new ArrayList<>();
    for (int second = from; second < from + count; second++) {
      Random random = new Random(second);
      double[] values = new double[names.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = isScored(names.get(i)) ? 100 + random.nextGaussian() : 0;
      }
      long endMs = START_MS + second * 1_000L;
      rows.add(new FeatureVector("welding", "weld-1", endMs - 10_000, endMs, 10, values));
    }
    return rows;
  }

  /** The fields whose name begins like that are far from usual. */
  FeatureVector planted(int second, String... fields) {
    FeatureVector row = usual(second, 1).get(0);
    for (int i = 0; i < names.size(); i++) {
      for (String field : fields) {
        row.features()[i] += isScored(names.get(i)) && names.get(i).startsWith(field) ? 50 : 0;
      }
    }
    return row;
  }

  private static boolean isScored(String name) {
    return name.matches(".*_(mean|std|min|max)");
  }
}
