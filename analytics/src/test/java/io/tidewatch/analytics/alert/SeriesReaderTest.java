package io.tidewatch.analytics.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    assertThat(series.metric(pump, "records")).isEqualTo(5);
    assertThat(series.knows("records")).isTrue();
    assertThat(series.metric(pump, "rpm_std")).as("of another model").isNaN();
    assertThat(series.metric(vector("unheard_of"), "flow_std")).isNaN();
    assertThat(series.knows("rpm_std")).isTrue();
    assertThat(series.knows("rpm")).isFalse();
  }

  @Test
  void aRuleOnAFeatureThatAModelDoesNotComputeIsAMistakeThatNamesBoth() {
    FeatureSeries series =
        new FeatureSeries(TelemetryModels.of(List.of(model("pump", "flow"), model("fan", "rpm"))));
    assertThat(mistake(series, "flow_mean > 1")).isNull();
    assertThat(mistake(series, "flow_mean{model=\"pump\"} > 1")).isNull();
    assertThat(mistake(series, "flow_mean{model=~\"pump|fan\"} > 1")).isNull();
    assertThat(mistake(series, "flow_outlier_ratio > 0.1")).isNull();
    assertThat(mistake(series, "records{model=\"fan\"} > 1")).isNull();
    assertThat(mistake(series, "flow_p99 > 1"))
        .isEqualTo(
            "expr: must name a feature of model 'pump', which computes [mean, std, min, max,"
                + " count], was 'flow_p99'");
    assertThat(mistake(series, "flow_mean{model=\"fan\"} > 1"))
        .isEqualTo(
            "expr: must name a feature of model 'fan', which computes [mean, std, min, max, count],"
                + " was 'flow_mean'");
    assertThat(mistake(series, "heat_mean > 1"))
        .isEqualTo("expr: must name a metric of this job, was 'heat_mean'");
    assertThat(mistake(series, "flow_mean > 1 and (rpm_mean > 1 or heat_mean > 1)"))
        .isEqualTo("expr: must name a metric of this job, was 'heat_mean'");
    AlertRule clear =
        AlertRule.named("r", Expression.parse("flow_mean > 1"))
            .clear(Expression.parse("heat_mean < 1"))
            .build();
    assertThat(series.mistake(clear))
        .isEqualTo("clear: must name a metric of this job, was 'heat_mean'");
  }

  @Test
  void readsScores() {
    ScoreSeries series = new ScoreSeries();
    AnomalyScore score = score(0.75, true, Severity.WARNING);
    assertThat(series.timeMs(score)).isEqualTo(60_000);
    assertThat(series.isCorrection(score)).isFalse();
    assertThat(series.labels(ScoreKey.of(score)))
        .isEqualTo(Map.of("model", "pump", "device_id", "d1", "metric", "_row"));
    Map<String, Double> values =
        Map.of(
            "score",
            0.75,
            "threshold",
            0.6,
            "is_anomaly",
            1.0,
            "severity",
            2.0,
            "beyond",
            1.0,
            "percentile",
            99.5,
            "expected",
            1.0,
            "lower",
            2.0,
            "upper",
            3.0);
    assertThat(ScoreSeries.METRICS).isEqualTo(values.keySet());
    values.forEach(
        (name, value) -> assertThat(series.metric(score, name)).as(name).isEqualTo(value));
    assertThat(series.metric(score, "other")).isNaN();
    assertThat(series.knows("other")).isFalse();
    assertThat(series.metric(score(0.75, true, Severity.CRITICAL), "severity")).isEqualTo(3);
    assertThat(series.metric(score(0.75, true, Severity.INFO), "severity")).isEqualTo(1);
    assertThat(series.metric(score(0.75, false, Severity.INFO), "severity")).isZero();
    assertThat(series.metric(score(0.75, false, Severity.INFO), "beyond")).isZero();
    AnomalyScore quiet = score(0.75, false, Suppression.COOLDOWN, Severity.CRITICAL);
    assertThat(series.metric(quiet, "is_anomaly")).isZero();
    assertThat(series.metric(quiet, "severity")).isZero();
    assertThat(series.metric(quiet, "beyond")).isEqualTo(1);
    assertThat(series.metric(score(Double.NaN, false, Severity.INFO), "is_anomaly")).isNaN();
    assertThat(series.origin(score))
        .isEqualTo(new SampleOrigin("v7", Map.of("flow_mean", 1.0), List.of("t1")));
  }

  @Test
  void knowsHowManyMeasurementsAreBehindARecord() {
    LatencyWindow window =
        new LatencyWindow("shop", "/a", "GET", 0, 60_000, 17, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(new LatencySeries().samples(window)).isEqualTo(17);
    assertThat(new LatencySeries().origin(window)).isEqualTo(SampleOrigin.UNKNOWN);
    assertThat(new LatencySeries().origin(window.traced(List.of("t1", "t2"))))
        .isEqualTo(new SampleOrigin(null, Map.of(), List.of("t1", "t2")));
    FeatureSeries features = new FeatureSeries(TelemetryModels.of(List.of(model("pump", "flow"))));
    assertThat(features.samples(vector("pump"))).isEqualTo(5);
    assertThat(new ScoreSeries().samples(score(0.75, true, Severity.INFO)))
        .as("nobody counts")
        .isEqualTo(Long.MAX_VALUE);
  }

  private static @Nullable String mistake(SeriesReader<?, ?> series, String expr) {
    return series.mistake(AlertRule.named("r", Expression.parse(expr)).build());
  }

  private static AnomalyScore score(double score, boolean anomaly, Severity severity) {
    return score(score, anomaly, null, severity);
  }

  private static AnomalyScore score(
      double score, boolean anomaly, @Nullable Suppression suppressed, Severity severity) {
    return new AnomalyScore(
        "pump",
        "d1",
        AnomalyScore.ROW,
        0,
        60_000,
        score,
        0.6,
        anomaly,
        suppressed,
        severity,
        1,
        2,
        3,
        Map.of("flow_mean", 1.0),
        new ModelStatus(ModelState.ACTIVE, "v7", 9, 9),
        false,
        new ScoreContext(1, 2, 3, 4, 5, 99.5),
        0,
        List.of("t1"));
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
