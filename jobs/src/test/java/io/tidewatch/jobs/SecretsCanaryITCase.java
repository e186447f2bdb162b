package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A canary in the place of each secret of a job is seen nowhere: not in the log, the answers of
 * Flink's REST interface, errors, savepoints and checkpoints, while servers refuse the job and go.
 */
@ExtendWith(SharedStack.class)
class SecretsCanaryITCase {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final int READINGS = 200;

  /** By the variable that a configuration takes it from. */
  private static final Map<String, String> CANARIES =
      Map.of(
          "KAFKA_PASSWORD", "canary-k1-Qz7",
          "KEY_PASSWORD", "canary-k2-Qz7",
          "KEYSTORE_PASSWORD", "canary-k3-Qz7",
          "TRUSTSTORE_PASSWORD", "canary-k4-Qz7",
          "TIDEWATCH_JDBC_PASSWORD", "canary-p1-Qz7",
          "TIDEWATCH_TDENGINE_PASSWORD", "canary-t1-Qz7");

  private final HttpClient web = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void secretsAreSeenNowhereWhileAJobRunsAndFails(EmbeddedStack stack) throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      JobSpace space = new JobSpace(stack);
      List<String> answers = new ArrayList<>();
      StandInTdengine server = StandInTdengine.start(CANARIES.get("TIDEWATCH_TDENGINE_PASSWORD"));
      JobID job;
      try {
        space.write(readings());
        job = stack.flink().submit(environment(stack, config(space, server)));
        await("readings")
            .atMost(TIMEOUT)
            .until(() -> InProcessMetrics.sum(job, "tidewatch.sink_rows_total") >= READINGS);
        assertNoCanary("savepoint", files(stack.flink().triggerSavepoint(job, TIMEOUT)));
        await("a checkpoint beside the savepoint, which counts as one")
            .atMost(TIMEOUT)
            .until(() -> InProcessMetrics.sum(job, "numberOfCompletedCheckpoints") >= 2);
        answers.addAll(rest(stack, job));
      } finally {
        server.close();
      }
      space.write(readings());
      stack.flink().awaitRestarts(job, 1, TIMEOUT);
      // What is asked over REST is some seconds old.
      await("the failure is told")
          .atMost(TIMEOUT)
          .until(() -> get(stack, "/jobs/" + job + "/exceptions").contains("TDengine"));
      answers.addAll(rest(stack, job));
      Throwable failure = stack.flink().failureCause(job).orElseThrow();
      stack.flink().cancel(job);

      assertNoCanary("failure", CapturedLog.trace(failure));
      assertNoCanary("answers", String.join("\n", answers));
      assertThat(String.join("\n", answers)).as("the failure is among them").contains("TDengine");
      assertNoCanary(
          "checkpoints",
          files(
              stack.flink().configuration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                  + "/"
                  + job));
      assertThat(log.text()).as("the log has the settings of clients").contains("[hidden]");
      assertNoCanary("log", log.text());
    }
  }

  @Test
  void secretsAreNotInWhatIsSaidOfServersThatRefuseOrAreNotThere(EmbeddedStack stack)
      throws Exception {
    try (CapturedLog log = new CapturedLog();
        StandInTdengine other = StandInTdengine.start("another password")) {
      JobSpace space = new JobSpace(stack);
      Path wrongPassword = config(space, other);
      Path noDatabase =
          changed(wrongPassword, "postgresql://127.0.0.1:\\d+", "postgresql://127.0.0.1:1");
      Path noStorage = changed(wrongPassword, "TAOS-WS://127.0.0.1:\\d+", "TAOS-WS://127.0.0.1:1");
      Path onlyKafka = changed(wrongPassword, "readings: \\[tdengine]", "readings: []");
      Path noBroker =
          changed(
              changed(onlyKafka, "rules_topic: \"\"", "rules_topic: rules"),
              "bootstrap_servers: \"[^\"]*\"",
              "bootstrap_servers: \"127.0.0.1:1\"");
      Map<Path, String> keys =
          Map.of(
              wrongPassword,
              "tdengine.url: ",
              noDatabase,
              "postgres.url: ",
              noStorage,
              "tdengine.url: ",
              noBroker,
              "alerting.rules_topic: ");
      keys.forEach(
          (file, key) -> {
            Throwable refusal = catchThrowable(() -> environment(stack, file));
            assertThat(refusal).isInstanceOf(ConfigException.class).hasMessageStartingWith(key);
            assertNoCanary("refusal", CapturedLog.trace(refusal));
          });
      assertNoCanary("log", log.text());
    }
  }

  private static Path changed(Path file, String piece, String other) throws IOException {
    String text = Files.readString(file);
    String changed = text.replaceFirst(piece, other);
    assertThat(changed).as(piece).isNotEqualTo(text);
    return Files.writeString(Files.createTempFile(file.getParent(), "canary", ".yaml"), changed);
  }

  /** A job that has a secret wherever there can be one; the broker asks for none of them. */
  private static Path config(JobSpace space, StandInTdengine server) throws IOException {
    Path file =
        space.configFile(
            JobSpace.shipped("rules/telemetry.yaml"),
            """
            models: %s
            tdengine: {url: "%s?messageWaitTimeout=2000"}
            sinks: {features: [timescale], readings: [tdengine]}
            """
                .formatted(JobSpace.shipped("models"), server.jdbcUrl()));
    String text =
        Files.readString(file)
            .replaceFirst(
                "kafka: \\{",
                """
                kafka:
                  {properties:
                    {request.timeout.ms: "20000", default.api.timeout.ms: "20000",
                     sasl.jaas.config: "\\${JAAS}",
                     ssl.key.password: "\\${KEY_PASSWORD}",
                     ssl.keystore.password: "\\${KEYSTORE_PASSWORD}",
                     ssl.truststore.password: "\\${TRUSTSTORE_PASSWORD}"},
                  \
                """)
            .replace("flush_interval: PT0.1S", "flush_interval: PT0.1S, max_outage: PT0S");
    return Files.writeString(file, text);
  }

  private static StreamExecutionEnvironment environment(EmbeddedStack stack, Path file) {
    Map<String, String> variables = new HashMap<>(CANARIES);
    variables.put(
        "JAAS",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
            + " password=\"%s\";".formatted(CANARIES.get("KAFKA_PASSWORD")));
    Configuration flink = stack.flink().configuration();
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    // or there is none to look into when the job has been cancelled
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    TelemetryJob.build(env, new YamlLoader(variables::get), file);
    return env;
  }

  /** What Flink tells of a job, and of itself. */
  private List<String> rest(EmbeddedStack stack, JobID job) throws Exception {
    String ofJob = "/jobs/" + job;
    List<String> paths =
        new ArrayList<>(
            List.of("/config", "/jobmanager/config", "/jobmanager/environment", "/taskmanagers"));
    for (String each :
        List.of(
            "",
            "/config",
            "/exceptions",
            "/plan",
            "/accumulators",
            "/checkpoints",
            "/checkpoints/config",
            "/metrics",
            "/jobmanager/config",
            "/jobmanager/environment")) {
      paths.add(ofJob + each);
    }
    JsonNode vertices = json.readTree(get(stack, ofJob)).get("vertices");
    for (JsonNode vertex : vertices) {
      paths.add(ofJob + "/vertices/" + vertex.get("id").textValue() + "/metrics");
    }
    List<String> answers = new ArrayList<>();
    for (String path : paths) {
      answers.add(get(stack, path));
    }
    return answers;
  }

  private String get(EmbeddedStack stack, String path) throws Exception {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(stack.flink().webUrl() + path)).build();
    HttpResponse<String> answer = web.send(question, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  /** All bytes below a folder, a character each. */
  private static String files(String uri) throws IOException {
    StringBuilder bytes = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of(URI.create(uri)))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.append(Files.readString(file, ISO_8859_1));
      }
    }
    assertThat(bytes).as(uri).isNotEmpty();
    return bytes.toString();
  }

  private static void assertNoCanary(String what, String text) {
    for (String canary : CANARIES.values()) {
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(canary.getBytes(UTF_8));
      assertThat(text.contains(canary) || text.contains(encoded))
          .as("%s in %s", canary, what)
          .isFalse();
    }
  }

  private static List<byte[]> readings() {
    List<byte[]> readings = new ArrayList<>();
    long startMs = System.currentTimeMillis() - READINGS * 100L;
    for (int i = 0; i < READINGS; i++) {
      readings.add(
          """
          {"model":"welding","device_id":"w%d","event_time_ms":%d,"fields":{}}\
          """
              .formatted(i % 3, startMs + i * 100L)
              .getBytes(UTF_8));
    }
    return readings;
  }
}
