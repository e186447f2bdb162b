package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.testkit.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The compacted topic of present states as a plain consumer reads it. */
@ExtendWith(SharedStack.class)
class AlertStatesITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String RULES =
      """
      groups:
        - name: test
          rules:
            - {alert: ErrorRateHigh, expr: error_rate > 5, for: 5s, labels: {severity: warning}}
      """;

  @TempDir Path folder;

  @Test
  void whoKeepsTheNewestOfEachKeyAndDropsTombstonesHasTheOpenAlerts(EmbeddedStack stack)
      throws Exception {
    JobSpace space = new JobSpace(stack);
    String states = space.topic + ".states";
    stack.kafka().createTopic(states, 1, Map.of("cleanup.policy", "compact"));
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    Path config =
        space.configFile(
            rules,
            """
            window: {size: PT10S, slide: PT1S}
            alerting: {state_topic: %s, rules_topic: "", status_topic: ""}
            """
                .formatted(states));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration());
    LatencyJob.build(env, YamlLoader.ofProcess(), config);
    JobID job = stack.flink().submit(env);

    space.write(requests(0, 60));
    await("two that fire or were")
        .atMost(TIMEOUT)
        .until(
            () ->
                endpoints(newest(space, states))
                    .equals(Map.of("/stays", "firing", "/over", "resolved", "/gone", "firing")));
    // an alert ends five minutes after its series fell silent, and is remembered for five more
    space.write(requests(60, 700));
    await("one that is open")
        .atMost(TIMEOUT)
        .until(() -> endpoints(newest(space, states)).equals(Map.of("/stays", "firing")));

    Map<String, JsonNode> present = newest(space, states);
    assertThat(begins(present)).hasSize(1);
    // events and states are written by two sinks, and neither waits for the other
    await("the events of those that are over")
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(begins(open(space))).isEqualTo(begins(present)));
    assertThat(present)
        .allSatisfy(
            (key, state) -> assertThat(state.get("fingerprint").textValue()).isEqualTo(key));
    stack.flink().cancel(job);
  }

  /** When each began, milliseconds since the epoch, by fingerprint. */
  private static Map<String, Long> begins(Map<String, JsonNode> alerts) {
    Map<String, Long> begins = new TreeMap<>();
    alerts.forEach((key, alert) -> begins.put(key, alert.get("started_at_ms").longValue()));
    return begins;
  }

  /** One request an endpoint and second. */
  private static List<byte[]> requests(int fromSecond, int toSecond) {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    List<byte[]> requests = new ArrayList<>();
    for (int second = fromSecond; second < toSecond; second++) {
      long timeMs = START_MS + second * 1_000L;
      for (String endpoint : List.of("/stays", "/over", "/gone", "/fine")) {
        boolean fails = endpoint.equals("/stays") || (second < 20 && !endpoint.equals("/fine"));
        if (second < 20 || !endpoint.equals("/gone")) {
          int status = fails ? 500 : 200;
          requests.add(
              codec.encode(new ApiLatency("shop", endpoint, "GET", status, 50, timeMs, null)));
        }
      }
    }
    return requests;
  }

  /** State by endpoint. */
  private static Map<String, String> endpoints(Map<String, JsonNode> states) {
    Map<String, String> endpoints = new TreeMap<>();
    for (JsonNode state : states.values()) {
      endpoints.put(state.at("/labels/endpoint").textValue(), state.get("state").textValue());
    }
    return endpoints;
  }

  /** Keeps the newest of each key, as any reader of a compacted topic does. */
  private static Map<String, JsonNode> newest(JobSpace space, String topic) throws IOException {
    Map<String, JsonNode> newest = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> message : space.topics.readAll(topic)) {
      String key = new String(message.key(), UTF_8);
      if (message.value() == null) {
        newest.remove(key);
      } else {
        newest.put(key, JSON.readTree(message.value()));
      }
    }
    return newest;
  }

  /** The events of alerts that are open, by fingerprint. */
  private static Map<String, JsonNode> open(JobSpace space) throws IOException {
    Map<String, JsonNode> open = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> message : space.topics.readAll(space.alertsTopic)) {
      JsonNode event = JSON.readTree(message.value());
      String fingerprint = event.get("fingerprint").textValue();
      open.put(fingerprint, event);
      if (event.get("status").textValue().equals("resolved")) {
        open.remove(fingerprint);
      }
    }
    return open;
  }
}
