package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.alerting.RuleSources;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.PreAggregationConfig;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.source.GoldenSource;
import io.tidewatch.jobs.telemetry.TelemetryTopology;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.testkit.SharedStack;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The telemetry topology, without Kafka and database, makes of the golden input what it must. */
@ExtendWith(SharedStack.class)
class TelemetryTopologyITCase {
  private static final int ONE_PHASE = 0;
  private static final int PLENTY = 1_000;
  private final GoldenFiles golden = new GoldenFiles("telemetry");
  private final TelemetryModels models =
      ModelFiles.load(YamlLoader.ofProcess(), golden.path("models"));
  private final TelemetryCodec codec = new TelemetryCodec(models);
  private final AlertEventCodec alertCodec = new AlertEventCodec();

  private record Outputs(
      List<FeatureVector> features,
      List<Rejected> rejected,
      List<DeviceTelemetry> late,
      List<AlertEvent> alerts) {}

  @Test
  void validInputGivesFeaturesLateRecordsAndAlerts(EmbeddedStack stack) {
    Outputs outputs = run(stack, golden.validInput());

    assertThat(outputs.rejected()).isEmpty();
    assertGolden(outputs);
  }

  @Test
  void refusedMessagesInBetweenChangeNothingElse(EmbeddedStack stack) {
    Outputs outputs = run(stack, golden.mixedInput());

    golden.assertRejected(outputs.rejected());
    assertGolden(outputs);
  }

  @Test
  void onePhaseChangesNothing(EmbeddedStack stack) {
    Outputs outputs = run(stack, golden.mixedInput(), ONE_PHASE);

    golden.assertRejected(outputs.rejected());
    assertGolden(outputs);
  }

  private Outputs run(EmbeddedStack stack, List<GoldenSource.Line> lines) {
    return run(stack, lines, PLENTY);
  }

  private Outputs run(EmbeddedStack stack, List<GoldenSource.Line> lines, int maxPartials) {
    StreamExecutionEnvironment env = GoldenFiles.environment(stack);
    var streams =
        TelemetryTopology.define(
            GoldenSource.of(env, lines, codec, DeviceTelemetry::eventTimeMs, DeviceTelemetry.class),
            models,
            Duration.ZERO,
            new PreAggregationConfig(maxPartials),
            RuleSources.ofFile(
                env, golden.path("rules.yaml"), new FeatureSeries(models), "golden-rules"));
    var features = CollectingSink.of(streams.features(), "golden-features");
    var rejected = CollectingSink.of(streams.rejected(), "golden-rejected");
    var late = CollectingSink.of(streams.late(), "golden-late");
    var alerts = CollectingSink.of(streams.alerts().events(), "golden-alerts");
    GoldenFiles.run(stack, env);
    return new Outputs(
        features.collected(), rejected.collected(), late.collected(), alerts.collected());
  }

  private void assertGolden(Outputs outputs) {
    golden.assertSame(
        "output.ndjson",
        outputs.features(),
        this::json,
        field -> GoldenFiles.EXACT,
        "device_id",
        "window_end_ms");
    golden.assertSame(
        "late.ndjson",
        outputs.late(),
        record -> new String(codec.encode(record), UTF_8),
        field -> GoldenFiles.EXACT,
        "event_time_ms");
    golden.assertSame(
        "alerts.ndjson",
        outputs.alerts(),
        event -> new String(alertCodec.encode(event), UTF_8),
        field -> GoldenFiles.EXACT,
        "alert_id",
        "status");
  }

  private String json(FeatureVector vector) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("model", vector.model());
    json.put("device_id", vector.deviceId());
    json.put("window_start_ms", vector.windowStartMs());
    json.put("window_end_ms", vector.windowEndMs());
    json.put("records", vector.records());
    ObjectNode features = json.putObject("features");
    List<String> names = FeatureNames.of(models.get(vector.model()));
    assertThat(vector.features()).hasSameSizeAs(names);
    for (int i = 0; i < names.size(); i++) {
      double value = vector.features()[i];
      features.put(names.get(i), Double.isNaN(value) ? null : Double.valueOf(value));
    }
    return json.toString();
  }
}
