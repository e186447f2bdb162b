package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.backtest.Backtest;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.testkit.SharedStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rules that are told, refused and taken away while the production job runs. */
@ExtendWith(SharedStack.class)
class RulesITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final long START_MS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final String RULE = "ErrorRateHigh";

  @TempDir Path folder;
  private EmbeddedStack stack;
  private JobSpace space;
  private Path config;

  @BeforeEach
  void makeSpace(EmbeddedStack shared) throws IOException {
    stack = shared;
    space = new JobSpace(stack);
    for (String topic : List.of(rules(), status(), states())) {
      stack.kafka().createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
    }
    Path noRules = Files.writeString(folder.resolve("rules.yaml"), "groups: []\n");
    config =
        space.configFile(
            noRules,
            """
            window: {size: PT10S, slide: PT1S}
            alerting: {rules_topic: %s, status_topic: %s, state_topic: %s}
            """
                .formatted(rules(), status(), states()));
  }

  @Test
  void aRuleIsToldRefusedAndTakenAwayWhileTheJobRuns() throws Exception {
    JobID job = start(null);
    tell(RULE, document("error_rate > 5"));
    awaitStatus("accepted");

    requests(0, 30, true);
    List<ConsumerRecord<byte[], byte[]>> events = awaitEvents(1);
    assertThat(json(events.get(0)).get("status").textValue()).isEqualTo("firing");
    assertCloudEvent(events.get(0));

    tell(RULE, "groups: [{name: a, rules: [{alert: ErrorRateHigh, expr: error_rate >}]}]");
    JsonNode refused = awaitStatus("refused");
    assertThat(refused.get("reason").textValue()).contains("expected");
    assertThat(refused.get("version").textValue())
        .as("the version before it is in use")
        .isEqualTo(json(events.get(0)).get("rule_version").textValue());

    requests(30, 5, true);
    tell(RULE, null);
    awaitStatus("removed");
    JsonNode resolved = json(awaitEvents(2).get(1));
    assertThat(resolved.get("status").textValue()).isEqualTo("resolved");
    assertThat(resolved.get("alert_id")).isEqualTo(json(events.get(0)).get("alert_id"));
    await("incident")
        .atMost(TIMEOUT)
        .until(() -> incidents().equals(List.of("ErrorRateHigh resolved 100.0")));
    await("tombstone")
        .atMost(TIMEOUT)
        .until(() -> read(states()).stream().anyMatch(state -> state.value() == null));
    stack.flink().cancel(job);
  }

  @Test
  void aRestartFromASavepointNeitherRepeatsNorLosesAnAlert() throws Exception {
    tell(RULE, document("error_rate > 5"));
    JobID job = start(null);
    requests(0, 30, true);
    JsonNode fired = json(awaitEvents(1).get(0));
    String savepoint = stack.flink().triggerSavepoint(job, TIMEOUT);
    stack.flink().cancel(job);

    JobID again = start(savepoint);
    requests(30, 30, true);
    requests(60, 40, false);
    JsonNode resolved = json(awaitEvents(2).get(1));
    stack.flink().stopWithDrain(again, TIMEOUT);

    assertThat(resolved.get("status").textValue()).isEqualTo("resolved");
    assertThat(resolved.get("alert_id")).isEqualTo(fired.get("alert_id"));
    assertThat(resolved.get("event_id")).isNotEqualTo(fired.get("event_id"));
    assertThat(read(space.alertsTopic)).hasSize(2);
    assertThat(backtest().events())
        .as("the stored windows tell the same")
        .extracting(AlertEvent::eventId)
        .containsExactly(fired.get("event_id").textValue(), resolved.get("event_id").textValue());
  }

  @Test
  void notesOfPeopleSurviveWhateverComesLater() throws Exception {
    tell(RULE, document("error_rate > 5"));
    JobID job = start(null);
    requests(0, 30, true);
    await("incident").atMost(TIMEOUT).until(() -> incidents().size() == 1);
    try (Connection database = space.database();
        Statement statement = database.createStatement()) {
      statement.execute("UPDATE alert_incidents SET notes = 'seen by Ada'");
    }
    requests(30, 40, false);
    await("resolved")
        .atMost(TIMEOUT)
        .until(() -> incidents().equals(List.of("ErrorRateHigh resolved 100.0")));
    try (Connection database = space.database();
        Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery("SELECT notes, severity FROM alert_incidents")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("seen by Ada");
      assertThat(row.getString(2)).isEqualTo("warning");
    }
    stack.flink().cancel(job);
  }

  @Test
  void exactlyOnceIsRefusedWhereAlertsCouldBeLostAndWorksWhereNot() throws Exception {
    assertThatThrownBy(() -> build(exactlyOnce("PT1M")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("alerting.transaction_timeout: must be ≥ ");
    assertThatThrownBy(() -> build(exactlyOnce("PT16M")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "alerting.transaction_timeout: must be ≤ transaction.max.timeout.ms");

    tell(RULE, document("error_rate > 5"));
    JobID job = stack.flink().submit(build(exactlyOnce("PT14M")));
    requests(0, 30, true);
    assertThat(json(awaitEvents(1).get(0)).get("status").textValue()).isEqualTo("firing");
    stack.flink().stopWithDrain(job, TIMEOUT);
  }

  private Path exactlyOnce(String timeout) throws IOException {
    String text =
        Files.readString(config)
            .replace(
                "rules_topic:",
                "delivery: exactly-once, restart_budget: PT10S, transaction_timeout: %s, rules_topic:"
                    .formatted(timeout));
    return Files.writeString(folder.resolve("exactly-once.yaml"), text);
  }

  private StreamExecutionEnvironment build(Path file) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration());
    LatencyJob.build(env, YamlLoader.ofProcess(), file);
    return env;
  }

  private Backtest.Result backtest() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    Path file = Files.writeString(folder.resolve("backtest.yaml"), document("error_rate > 5"));
    return new Backtest(env, null, null)
        .storedLatency(LatencyFiles.load(YamlLoader.ofProcess(), config), file);
  }

  private String rules() {
    return space.topic + ".rules";
  }

  private String status() {
    return space.topic + ".status";
  }

  private String states() {
    return space.topic + ".states";
  }

  private JobID start(@Nullable String savepoint) {
    Configuration flink = stack.flink().configuration();
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    LatencyJob.build(env, YamlLoader.ofProcess(), config);
    return stack.flink().submit(env);
  }

  private static String document(String expr) {
    return """
    groups:
      - name: test
        rules:
          - {alert: %s, expr: %s, for: 5s, labels: {severity: warning}}
    """
        .formatted(RULE, expr);
  }

  private void tell(String rule, @Nullable String document) {
    space.topics.writeAll(
        List.of(
            new ProducerRecord<>(
                rules(),
                rule.getBytes(UTF_8),
                document == null ? null : document.getBytes(UTF_8))));
  }

  /** Ten requests a second to one endpoint, which all fail or all succeed. */
  private void requests(int fromSecond, int seconds, boolean fail) {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < seconds * 10; i++) {
      long timeMs = START_MS + fromSecond * 1_000L + i * 100L;
      int status = fail ? 500 : 200;
      requests.add(
          codec.encode(new ApiLatency("shop", "/checkout", "POST", status, 50, timeMs, null)));
    }
    space.write(requests);
  }

  private JsonNode awaitStatus(String state) {
    await("status " + state)
        .atMost(TIMEOUT)
        .until(
            () ->
                !read(status()).isEmpty() && state.equals(newestStatus().get("state").textValue()));
    return newestStatus();
  }

  private JsonNode newestStatus() {
    List<ConsumerRecord<byte[], byte[]>> all = read(status());
    ConsumerRecord<byte[], byte[]> newest = all.get(all.size() - 1);
    assertThat(newest.key()).asString(UTF_8).isEqualTo("tidewatch-latency/" + RULE);
    return json(newest);
  }

  private List<ConsumerRecord<byte[], byte[]>> awaitEvents(int count) {
    await(count + " events").atMost(TIMEOUT).until(() -> read(space.alertsTopic).size() >= count);
    return read(space.alertsTopic);
  }

  private static void assertCloudEvent(ConsumerRecord<byte[], byte[]> event) {
    JsonNode value = json(event);
    assertThat(event.key()).asString(UTF_8).isEqualTo(value.get("fingerprint").textValue());
    assertThat(header(event, "ce_specversion")).isEqualTo("1.0");
    assertThat(header(event, "ce_type")).isEqualTo("io.tidewatch.alert-event.v1");
    assertThat(header(event, "ce_source")).isEqualTo("tidewatch-latency");
    assertThat(header(event, "ce_id")).isEqualTo(value.get("event_id").textValue());
    assertThat(Instant.parse(header(event, "ce_time")).toEpochMilli())
        .isEqualTo(value.get("fired_at_ms").longValue());
    assertThat(header(event, "content-type")).isEqualTo("application/json");
  }

  private static String header(ConsumerRecord<byte[], byte[]> event, String name) {
    Header header = event.headers().lastHeader(name);
    assertThat(header).as(name).isNotNull();
    return new String(header.value(), UTF_8);
  }

  /** Rule, status and trigger value of each. */
  private List<String> incidents() throws Exception {
    List<String> incidents = new ArrayList<>();
    try (Connection database = space.database();
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT rule, status, trigger_value FROM alert_incidents")) {
      while (rows.next()) {
        incidents.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getDouble(3));
      }
    }
    return incidents;
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return space.topics.readAll(topic);
  }

  private static JsonNode json(ConsumerRecord<byte[], byte[]> message) {
    try {
      return JSON.readTree(message.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
