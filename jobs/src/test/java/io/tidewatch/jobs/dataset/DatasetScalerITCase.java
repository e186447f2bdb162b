package io.tidewatch.jobs.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.JobUnderTest;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.dataset.parquet.RowFileReader;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TopicClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The {@code _scaler.json} of a data set, taken by the live job: the same scaled values. */
@ExtendWith(SharedStack.class)
class DatasetScalerITCase {
  private static final long START_MS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final int SECONDS = 600;

  @TempDir Path folder;

  @Test
  void theLiveJobScalesAsTheDataSetDoesBitForBit(EmbeddedStack stack) throws Exception {
    DatasetSpace space = new DatasetSpace(folder);
    TelemetryModels models = ModelFiles.load(YamlLoader.ofProcess(), space.file("models"));
    List<String> names = FeatureNames.of(models.get("press"));
    List<byte[]> messages = messages(new TelemetryCodec(models));
    StringBuilder lines = new StringBuilder();
    messages.forEach(message -> lines.append(new String(message, UTF_8)).append('\n'));
    space.write("messages.ndjson", lines.toString());
    space.run(
        """
        source: {files: {paths: [messages.ndjson], format: ndjson}}
        normalisation: {method: min_max, lower: -1, upper: 1}
        constant_columns: keep
        """);
    List<LabelledVector> rows = rows(space.file("out"), names);
    assertThat(rows).hasSizeGreaterThan(150);

    stack.kafka().createTopic("trained.features", 2, Map.of());
    stack.kafka().createTopic("trained.scalers", 1, Map.of("cleanup.policy", "compact"));
    stack.kafka().createTopic("trained.scalers.dlq", 1, Map.of());
    TopicClient topics = new TopicClient(stack.kafka().bootstrapServers());
    byte[] scaler = Files.readAllBytes(space.file("out/_scaler.json"));
    topics.writeAll(
        List.of(new ProducerRecord<>("trained.scalers", "press".getBytes(UTF_8), scaler)));
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            TelemetryJob::build,
            space.write("no-rules.yaml", "groups: []\n"),
            "models: %s\nfeatures: {topic: trained.features, scalers_topic: trained.scalers}"
                .formatted(space.file("models")),
            messages);
    job.awaitRead(messages.size());
    job.drain();

    assertThat(job.late()).isEmpty();
    assertThat(topics.readAll("trained.scalers.dlq")).isEmpty();
    assertThat(space.query("SELECT DISTINCT scaler_version FROM rows"))
        .containsExactly(List.of(new ObjectMapper().readTree(scaler).get("version").textValue()));
    Map<String, JsonNode> live = live(topics);
    for (LabelledVector row : rows) {
      JsonNode vector = live.get(row.vector().deviceId() + row.vector().windowEndMs());
      assertThat(vector).as(row.toString()).isNotNull();
      assertThat(vector.get("scaler_version"))
          .isEqualTo(new ObjectMapper().readTree(scaler).get("version"));
      assertThat(bits(names, vector.get("scaled"))).isEqualTo(bits(row.vector().features()));
    }
  }

  private static List<byte[]> messages(TelemetryCodec codec) {
    Random random = new Random(4);
    List<byte[]> messages = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      for (String device : List.of("a", "b")) {
        double heat = random.nextInt(9) == 0 ? Double.NaN : 20 + random.nextGaussian();
        double[] values = {400 + 100 * random.nextGaussian(), heat};
        messages.add(
            codec.encode(
                new DeviceTelemetry(
                    "press", device, START_MS + second * 1000L, values, Map.of(), null)));
      }
    }
    return messages;
  }

  private static List<LabelledVector> rows(Path target, List<String> names) throws Exception {
    List<LabelledVector> rows = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(target)) {
      for (Path file : tree.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        RowFileReader.read(file, names, rows::add);
      }
    }
    return rows;
  }

  /** Vectors by device and end of window. */
  private static Map<String, JsonNode> live(TopicClient topics) throws Exception {
    Map<String, JsonNode> live = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> message : topics.readAll("trained.features")) {
      JsonNode vector = new ObjectMapper().readTree(message.value());
      live.put(
          vector.get("device_id").textValue() + vector.get("window_end_ms").longValue(), vector);
    }
    return live;
  }

  private static long[] bits(List<String> names, JsonNode scaled) {
    return bits(
        names.stream()
            .map(scaled::get)
            .mapToDouble(value -> value.isNull() ? Double.NaN : value.doubleValue())
            .toArray());
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
  }
}
