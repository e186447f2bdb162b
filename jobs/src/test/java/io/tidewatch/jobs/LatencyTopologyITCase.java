package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.endpoint.EndpointRules;
import io.tidewatch.analytics.quantile.CarriedSketches;
import io.tidewatch.analytics.quantile.QuantileSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.alerting.RuleSources;
import io.tidewatch.jobs.config.PreAggregationConfig;
import io.tidewatch.jobs.latency.LatencyTopology;
import io.tidewatch.jobs.source.GoldenSource;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.testkit.SharedStack;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The latency topology, without Kafka and database, makes of the golden input what it must. */
@ExtendWith(SharedStack.class)
class LatencyTopologyITCase {
  private static final int ONE_PHASE = 0;
  private static final int PLENTY = 1_000;
  private static final WindowSpec WINDOW =
      new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(5));

  private static final EndpointRules ENDPOINTS =
      new EndpointRules(true, 500, 200, Duration.ofDays(1));

  /** The guarantee of the sketch, and room for the last digit of its bounds. */
  private static final double SKETCH = 0.01 + 1e-9;

  private final GoldenFiles golden = new GoldenFiles("latency");
  private final ApiLatencyCodec codec = new ApiLatencyCodec();
  private final AlertEventCodec alertCodec = new AlertEventCodec();

  private record Outputs(
      List<LatencyWindow> windows,
      List<Rejected> rejected,
      List<ApiLatency> late,
      List<AlertEvent> alerts) {}

  @Test
  void validInputGivesWindowsLateRecordsAndAlerts(EmbeddedStack stack) throws IOException {
    Outputs outputs = run(stack, golden.validInput());

    assertThat(outputs.rejected()).isEmpty();
    assertGolden(outputs);
  }

  @Test
  void refusedMessagesInBetweenChangeNothingElse(EmbeddedStack stack) throws IOException {
    Outputs outputs = run(stack, golden.mixedInput());

    golden.assertRejected(outputs.rejected());
    assertGolden(outputs);
  }

  @Test
  void onePhaseChangesNothing(EmbeddedStack stack) throws IOException {
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
        LatencyTopology.define(
            GoldenSource.of(env, lines, codec, ApiLatency::eventTimeMs, ApiLatency.class),
            ENDPOINTS,
            WINDOW,
            CarriedSketches.ALL,
            Duration.ZERO,
            new PreAggregationConfig(maxPartials),
            RuleSources.ofFile(
                env, golden.path("rules.yaml"), new LatencySeries(), "golden-rules"));
    var windows = CollectingSink.of(streams.windows(), "golden-windows");
    var rejected = CollectingSink.of(streams.rejected(), "golden-rejected");
    var late = CollectingSink.of(streams.late(), "golden-late");
    var alerts = CollectingSink.of(streams.alerts().events(), "golden-alerts");
    GoldenFiles.run(stack, env);
    return new Outputs(
        windows.collected(), rejected.collected(), late.collected(), alerts.collected());
  }

  private void assertGolden(Outputs outputs) throws IOException {
    for (LatencyWindow window : outputs.windows()) {
      QuantileSketch sketch = StoredSketches.decode(window.sketch());
      assertThat(sketch.count()).isEqualTo(window.count());
      assertThat(sketch.quantile(0.99)).isEqualTo(window.p99Ms());
      assertThat(sketch.max()).isEqualTo(window.maxMs());
    }
    golden.assertSame(
        "output.ndjson",
        outputs.windows(),
        LatencyTopologyITCase::json,
        field -> field.matches("p\\d\\d_ms") ? SKETCH : GoldenFiles.EXACT,
        "service",
        "endpoint",
        "method",
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

  private static String json(LatencyWindow window) {
    return new ObjectMapper()
        .createObjectNode()
        .put("service", window.service())
        .put("endpoint", window.endpoint())
        .put("method", window.method())
        .put("window_start_ms", window.windowStartMs())
        .put("window_end_ms", window.windowEndMs())
        .put("count", window.count())
        .put("rate_per_second", window.ratePerSecond())
        .put("error_count", window.errorCount())
        .put("error_rate", window.errorRatePercent())
        .put("mean_ms", window.meanMs())
        .put("p50_ms", window.p50Ms())
        .put("p90_ms", window.p90Ms())
        .put("p95_ms", window.p95Ms())
        .put("p99_ms", window.p99Ms())
        .put("max_ms", window.maxMs())
        .toString();
  }
}
