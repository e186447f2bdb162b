package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.testkit.SharedStack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fault fires and resolves one alert, through the production jobs, the same in each run. */
@ExtendWith(SharedStack.class)
class AlertsITCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final long START_MS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  /** What is written to the topic of alerts, without where it stands there. */
  private record Event(String key, String value) {}

  @Test
  void errorBurstFiresAndResolvesOnceTheSameInEachRun(EmbeddedStack stack) throws Exception {
    List<byte[]> input = requests();
    Path rules = JobUnderTest.shipped("demo/latency-rules.yaml");
    String window = "window: {size: PT10S, slide: PT1S}";

    List<Event> events = run(stack, LatencyJob::build, rules, window, input);

    // Half of the 10 requests a second fail from second 20 to second 40. More than 5 in 100 failed
    // in the windows that end from second 22 (10 of them) to second 48; the rule waits 5 s.
    assertAlert(events, "ErrorRateHigh", "endpoint", "/checkout", 22, 27, 49);
    assertThat(run(stack, LatencyJob::build, rules, window, input)).isEqualTo(events);
  }

  @Test
  void roughRunningDeviceFiresAndResolvesOnceTheSameInEachRun(EmbeddedStack stack)
      throws Exception {
    Path models = JobUnderTest.shipped("models");
    List<byte[]> input = readings(models);
    Path rules = JobUnderTest.shipped("rules/telemetry.yaml");

    List<Event> events = run(stack, TelemetryJob::build, rules, "models: " + models, input);

    // One reading a second, 2 mm/s, but 20 mm/s from second 20 to second 40. The mean of 10 is
    // above
    // 8 with at least 4 of those: from the window that ends in second 24 to that of second 46.
    assertAlert(events, "WeldingVibrationHigh", "device_id", "weld-1", 24, 29, 47);
    assertThat(run(stack, TelemetryJob::build, rules, "models: " + models, input))
        .isEqualTo(events);
  }

  private static List<Event> run(
      EmbeddedStack stack,
      JobUnderTest.Builder builder,
      Path rules,
      String yaml,
      List<byte[]> input) {
    JobUnderTest job = JobUnderTest.start(stack, builder, rules, yaml, input);
    job.awaitRead(input.size());
    job.drain();
    assertThat(job.restarts()).isZero();
    assertThat(job.late()).isEmpty();
    assertThat(job.deadLetters()).isEmpty();
    return job.alerts().stream()
        .sorted(Comparator.comparingLong(ConsumerRecord::offset))
        .map(event -> new Event(new String(event.key(), UTF_8), new String(event.value(), UTF_8)))
        .toList();
  }

  /** Fired and resolved once, as the published schema says, both under the id of the alert. */
  private static void assertAlert(
      List<Event> events,
      String rule,
      String label,
      String target,
      int startedSecond,
      int firedSecond,
      int resolvedSecond)
      throws IOException {
    JsonSchema schema = schema();
    List<JsonNode> nodes = new ArrayList<>();
    for (Event event : events) {
      JsonNode node = JSON.readTree(event.value());
      assertThat(schema.validate(node)).isEmpty();
      assertThat(event.key()).isEqualTo(node.get("fingerprint").textValue());
      assertThat(node.get("rule").textValue()).isEqualTo(rule);
      assertThat(node.get("labels").get(label).textValue()).isEqualTo(target);
      assertThat(node.get("started_at_ms").longValue()).isEqualTo(START_MS + startedSecond * 1000L);
      assertThat(node.get("fired_at_ms").longValue()).isEqualTo(START_MS + firedSecond * 1000L);
      nodes.add(node);
    }
    assertThat(nodes)
        .extracting(node -> node.get("status").textValue())
        .containsExactly("firing", "resolved");
    assertThat(nodes.get(0).get("resolved_at_ms").isNull()).isTrue();
    assertThat(nodes.get(1).get("resolved_at_ms").longValue())
        .isEqualTo(START_MS + resolvedSecond * 1000L);
    assertThat(nodes.get(1).get("alert_id")).isEqualTo(nodes.get(0).get("alert_id"));
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        AlertsITCase.class.getResourceAsStream("/json/alert-event.v1.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
    }
  }

  private static List<byte[]> requests() {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      boolean burst = i >= 200 && i < 400;
      int status = burst && i % 2 == 0 ? 503 : 200;
      long timeMs = START_MS + i * 100L;
      requests.add(
          codec.encode(new ApiLatency("shop", "/checkout", "POST", status, 50, timeMs, null)));
      requests.add(codec.encode(new ApiLatency("shop", "/cart", "GET", 200, 20, timeMs, null)));
    }
    return requests;
  }

  private static List<byte[]> readings(Path models) {
    TelemetryCodec codec = new TelemetryCodec(ModelFiles.load(YamlLoader.ofProcess(), models));
    List<byte[]> readings = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      for (int device = 1; device <= 3; device++) {
        double vibration = device == 1 && i >= 20 && i < 40 ? 20 : 2;
        readings.add(
            codec.encode(
                new DeviceTelemetry(
                    "welding",
                    "weld-" + device,
                    START_MS + i * 1000L,
                    new double[] {180, 24, 60, vibration},
                    Map.of(),
                    null)));
      }
    }
    return readings;
  }
}
