package io.tidewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.decide.ThresholdRule;
import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ForestRule;
import io.tidewatch.analytics.model.ModelTrainer;
import io.tidewatch.analytics.model.ReservoirRow;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.anomaly.AnomalyFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TopicClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Models on their topic, by the command. */
@ExtendWith(SharedStack.class)
class ModelCommandITCase {
  private static final String TOPIC = "cli.models";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void modelsAreListedSavedPutBackAndAskedFor(EmbeddedStack stack) throws IOException {
    stack.kafka().createTopic(TOPIC, 1, Map.of("cleanup.policy", "compact"));
    Path config =
        Files.writeString(
            folder.resolve("anomaly.yaml"),
            """
            kafka: {bootstrap_servers: "%s"}
            models: %s
            output: {models_topic: %s}
            alerting: {rules: %s}
            """
                .formatted(
                    stack.kafka().bootstrapServers(),
                    Path.of(System.getProperty("tidewatch.root"), "flink-conf", "models")
                        .toAbsolutePath(),
                    TOPIC,
                    Path.of(System.getProperty("tidewatch.root"), "flink-conf", "rules")
                        .resolve("anomaly.yaml")
                        .toAbsolutePath()));
    ForestArtifact first = trained(config, 1);
    ForestArtifact second = trained(config, 2);
    TopicClient topics = new TopicClient(stack.kafka().bootstrapServers());
    for (ForestArtifact each : List.of(first, second)) {
      ProducerRecord<byte[], byte[]> told =
          new ProducerRecord<>(TOPIC, "welding".getBytes(UTF_8), ModelMessageCodec.encode(each));
      told.headers().add(ModelUpdate.TOLD_BY_JOB, "job".getBytes(UTF_8));
      topics.writeAll(List.of(told));
    }

    assertThat(run(config, "list")).isZero();
    assertThat(out.toString()).contains(first.version()).contains(second.version(), "the job");

    Path file = folder.resolve("model.json");
    assertThat(run(config, "export", "welding", file.toString())).isZero();
    assertThat(file).hasBinaryContent(ModelMessageCodec.encode(second));
    assertThat(run(config, "export", "welding", file.toString())).as("is there").isEqualTo(1);
    Path older = folder.resolve("older.json");
    assertThat(
            run(config, "export", "welding", older.toString(), "--model-version", first.version()))
        .isZero();
    assertThat(run(config, "export", "host", folder.resolve("x").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("MODEL: must be in the topic, was 'host'");

    assertThat(run(config, "import", older.toString())).isZero();
    assertThat(run(config, "rollback", "welding", second.version())).isZero();
    List<ConsumerRecord<byte[], byte[]>> messages = topics.readAll(TOPIC);
    assertThat(messages).hasSize(4);
    assertThat(messages.get(2).value()).isEqualTo(ModelMessageCodec.encode(first));
    assertThat(messages.get(2).headers().lastHeader(ModelUpdate.TOLD_BY_JOB)).isNull();
    assertThat(new String(messages.get(3).value(), UTF_8)).contains("rollback", second.version());

    Path cut = folder.resolve("cut.json");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(older), 5_000));
    assertThat(run(config, "import", cut.toString())).isEqualTo(1);
    assertThat(err.toString()).contains(cut + ": malformed_json: ");
    assertThat(run(config, "rollback", "lathe", "v1")).isEqualTo(1);
    assertThat(err.toString()).contains("unknown_model: ");
    assertThat(topics.readAll(TOPIC)).as("nothing bad is put there").hasSize(4);
  }

  private static ForestArtifact trained(Path config, int seed) {
    FeatureSelection features =
        AnomalyFiles.load(YamlLoader.ofProcess(), config).selections().get("welding");
    Random random = new Random(seed);
    List<ReservoirRow> rows =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    new ReservoirRow(
                        i, seed * 1_000L + i, random.doubles(features.features().size()).toArray()))
            .toList();
    return new ModelTrainer(
            ForestEngines.named("built-in"),
            new ForestRule("built-in", 20, 64, 0, 1),
            new ThresholdRule(0.99, 1, 0.5))
        .train("welding", features.features(), rows)
        .artifact();
  }

  private int run(Path config, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "model";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--config";
    all[args.length + 2] = config.toString();
    return Tidewatch.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
