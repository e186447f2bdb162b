package io.tidewatch.analytics.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesReaderTest {

  @Test
  void readsLatencyWindows() {
    LatencySeries series = new LatencySeries();
    LatencyWindow window =
        new LatencyWindow("shop", "/a", "GET", 0, 60_000, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(series.timeMs(window)).isEqualTo(60_000);
    assertThat(series.isCorrection(window)).isFalse();
    assertThat(series.isCorrection(window.revised(1))).isTrue();
    assertThat(series.labels(new EndpointKey("shop", "/a", "GET")))
        .isEqualTo(Map.of("service", "shop", "endpoint", "/a", "method", "GET"));
    List<String> inOrder =
        List.of(
            "count",
            "rate_per_second",
            "error_count",
            "error_rate",
            "mean_ms",
            "p50_ms",
            "p90_ms",
            "p95_ms",
            "p99_ms",
            "max_ms");
    assertThat(LatencySeries.METRICS).containsExactlyInAnyOrderElementsOf(inOrder);
    for (int i = 0; i < inOrder.size(); i++) {
      assertThat(series.metric(window, inOrder.get(i))).as(inOrder.get(i)).isEqualTo(i + 1);
      assertThat(series.knows(inOrder.get(i))).isTrue();
    }
    assertThat(series.metric(window, "p42_ms")).isNaN();
    assertThat(series.knows("p42_ms")).isFalse();
  }

  @Test
  void readsFeatureVectors() {
    FeatureSeries series =
        new FeatureSeries(TelemetryModels.of(List.of(model("pump", "flow"), model("fan", "rpm"))));
    FeatureVector pump = vector("pump");
    assertThat(series.timeMs(pump)).isEqualTo(60_000);
    assertThat(series.isCorrection(pump)).isFalse();
    assertThat(series.isCorrection(pump.revised(2))).isTrue();
    assertThat(series.labels(new DeviceKey("pump", "d1")))
        .isEqualTo(Map.of("model", "pump", "device_id", "d1"));
    assertThat(series.metric(pump, "flow_std")).isEqualTo(2);
    assertThat(series.metric(pump, "flow_count")).isEqualTo(5);
    assertThat(series.metric(pump, "rpm_std")).as("of another model").isNaN();
    assertThat(series.metric(vector("unheard_of"), "flow_std")).isNaN();
    assertThat(series.knows("rpm_std")).isTrue();
    assertThat(series.knows("rpm")).isFalse();
  }

  @Test
  void aRuleOnAFeatureThatAModelDoesNotComputeIsAMistakeThatNamesBoth() {
    FeatureSeries series =
        new FeatureSeries(TelemetryModels.of(List.of(model("pump", "flow"), model("fan", "rpm"))));
    assertThat(series.mistake(Condition.parse("flow_mean > 1"))).isNull();
    assertThat(series.mistake(Condition.parse("flow_mean{model=\"pump\"} > 1"))).isNull();
    assertThat(series.mistake(Condition.parse("flow_mean{model=~\"pump|fan\"} > 1"))).isNull();
    assertThat(series.mistake(Condition.parse("flow_outlier_ratio > 0.1"))).isNull();
    assertThat(series.mistake(Condition.parse("flow_p99 > 1")))
        .isEqualTo(
            "must name a feature of model 'pump', which computes [mean, std, min, max, count], was 'flow_p99'");
    assertThat(series.mistake(Condition.parse("flow_mean{model=\"fan\"} > 1")))
        .isEqualTo(
            "must name a feature of model 'fan', which computes [mean, std, min, max, count], was 'flow_mean'");
    assertThat(series.mistake(Condition.parse("heat_mean > 1")))
        .isEqualTo("must name a metric of this job, was 'heat_mean'");
  }

  private static FeatureVector vector(String model) {
    return new FeatureVector(model, "d1", 0, 60_000, 5, new double[] {1, 2, 3, 4, 5});
  }

  private static TelemetryModel model(String name, String field) {
    return new TelemetryModel(
        name,
        "",
        List.of(new TelemetryField(field, "1", 0, 1)),
        UnknownFields.IGNORE,
        OutOfRange.CLIP,
        new WindowSpec(Duration.ofMinutes(1), Duration.ofMinutes(1)));
  }
}
