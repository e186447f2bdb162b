package io.tidewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TopicClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Models from history, by the command. */
@ExtendWith(SharedStack.class)
class BootstrapCommandITCase {
  private static final long START_MS = Instant.parse("2025-03-01T12:00:00Z").toEpochMilli();
  private static final String TOPIC = "cli.bootstrap.models";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aDataSetBecomesAFileOrAMessageOfTheTopic(EmbeddedStack stack) throws IOException {
    stack.kafka().createTopic(TOPIC, 1, Map.of("cleanup.policy", "compact"));
    write(
        "models/press.yaml",
        """
        name: press
        description: a press
        unknown_fields: reject
        out_of_range: missing
        window: {size: PT10S, slide: PT5S}
        fields:
          - {name: force, unit: N, valid_range: [0, 1000]}
          - {name: heat, unit: Cel, valid_range: [null, null]}
        """);
    write("readings.csv", readings());
    Path dataset =
        write(
            "dataset.yaml",
            """
            models: models
            model: press
            source: {files: {paths: [readings.csv]}}
            constant_columns: keep
            target: out
            """);
    Path config =
        write(
            "anomaly.yaml",
            """
            kafka: {bootstrap_servers: "%s"}
            models: models
            scoring: {training: {warm_up_rows: 100}}
            output: {models_topic: %s}
            alerting: {rules: %s}
            """
                .formatted(
                    stack.kafka().bootstrapServers(),
                    TOPIC,
                    Path.of(System.getProperty("tidewatch.root"), "flink-conf", "rules")
                        .resolve("anomaly.yaml")
                        .toAbsolutePath()));
    assertThat(run("dataset", "--config", dataset.toString())).as(err.toString()).isZero();

    String[] bootstrap = {
      "model",
      "bootstrap",
      "--config",
      config.toString(),
      "--model",
      "press",
      "--from-dataset",
      folder.resolve("out").toString()
    };
    assertThat(run(bootstrap)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("press: version 20250301T", "trained from ", "from data set ", "kept nowhere");
    TopicClient topics = new TopicClient(stack.kafka().bootstrapServers());
    assertThat(topics.readAll(TOPIC)).isEmpty();

    Path file = folder.resolve("press.json");
    assertThat(run(with(bootstrap, "--out", file.toString()))).as(err.toString()).isZero();
    assertThat(out.toString()).contains("written to " + file);
    assertThat(run(with(bootstrap, "--out", file.toString()))).isEqualTo(1);
    assertThat(err.toString()).contains("--out: must not be there yet, was " + file);

    assertThat(run(with(bootstrap, "--publish"))).as(err.toString()).isZero();
    assertThat(out.toString()).contains("put into " + TOPIC);
    List<ConsumerRecord<byte[], byte[]>> told = topics.readAll(TOPIC);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).key()).isEqualTo("press".getBytes(UTF_8));
    assertThat(file).as("the same once more").hasBinaryContent(told.get(0).value());
    assertThat(new String(told.get(0).value(), UTF_8)).contains("\"origin\":\"data set ");
    assertThat(run("model", "list", "--config", config.toString())).isZero();
    assertThat(out.toString()).contains("a person");

    assertThat(run(with(bootstrap, "--from", "2025-03-01T12:12:00Z"))).isEqualTo(1);
    assertThat(err.toString()).contains("press: must have at least 100 windows to train from");
  }

  @Test
  void oneSourceIsNamedAndAtMostOneTarget() {
    assertThat(run("model", "bootstrap", "--model", "host")).isEqualTo(2);
    assertThat(run("model", "bootstrap", "--model", "host", "--from-postgres", "--from-tdengine"))
        .isEqualTo(2);
    assertThat(
            run(
                "model",
                "bootstrap",
                "--model",
                "host",
                "--from-postgres",
                "--out",
                "x",
                "--publish"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--from-postgres", "--out", "--publish");
  }

  private static String readings() {
    Random random = new Random(4);
    StringBuilder csv = new StringBuilder("timestamp,device_id,force,heat\n");
    for (int second = 0; second < 800; second++) {
      csv.append(
          "%d,press-1,%s,%s%n"
              .formatted(
                  START_MS + second * 1000L,
                  400 + 30 * random.nextGaussian(),
                  20 + random.nextGaussian()));
    }
    return csv.toString();
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  private int run(String... arguments) {
    return Tidewatch.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
