package io.tidewatch.cli.fuzz;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Good records that messages begin as. */
final class Samples {
  static final long TIME_MS = 1_700_000_000_000L;

  static final TelemetryModels MODELS =
      TelemetryModels.of(
          List.of(
              model("host", UnknownFields.REJECT, "cpu_percent", "memory_percent", "disk_percent"),
              model("lenient", UnknownFields.IGNORE, "volts")));

  /** Of vectors, scalers and forests. */
  static final List<String> FEATURES = List.of("cpu_percent_mean", "cpu_percent_std", "records");

  static final Map<String, List<String>> FEATURES_OF_MODELS = Map.of("host", FEATURES);

  private Samples() {}

  static List<DeviceTelemetry> telemetry() {
    return List.of(
        new DeviceTelemetry(
            "host",
            "web-1",
            TIME_MS,
            new double[] {12.5, Double.NaN, -3},
            Map.of("site", "A", "rack", "Köln"),
            "1"),
        new DeviceTelemetry("lenient", "d", -1, new double[] {1e300}, Map.of(), null));
  }

  static List<ApiLatency> latencies() {
    return List.of(
        new ApiLatency(
            "shop", "/orders/{id}", "GET", 200, 12.5, TIME_MS, "4bf92f3577b34da6a3ce929d0e0e4736"),
        new ApiLatency("s", "/", "POST", 599, 0, 0, null));
  }

  static List<FeatureVector> vectors() {
    return List.of(
        new FeatureVector(
            "host", "web-1", TIME_MS, TIME_MS + 60_000, 12, new double[] {1.5, Double.NaN, 12}, 3));
  }

  static List<LatencyWindow> windows() {
    return List.of(
        new LatencyWindow(
            "shop",
            "/pay",
            "POST",
            TIME_MS,
            TIME_MS + 60_000,
            120,
            2,
            3,
            2.5,
            21,
            18,
            40,
            52,
            81,
            96.5));
  }

  static List<AnomalyScore> scores() {
    double none = Double.NaN;
    return List.of(
        new AnomalyScore(
            "host",
            "web-1",
            "cpu_percent_mean",
            TIME_MS,
            TIME_MS + 60_000,
            0.985,
            0.5,
            true,
            null,
            Severity.CRITICAL,
            12.5,
            -3,
            40.25,
            Map.of("z_score", 0.75, "iqr", 0.25),
            new ModelStatus(ModelState.ACTIVE, "m7", 100, 100),
            true,
            new ScoreContext(1_440, 0.4, 0.1, 0.6, 0.9, 99.5),
            1),
        new AnomalyScore(
            "host",
            "web-1",
            "cpu_percent_mean",
            TIME_MS,
            TIME_MS + 60_000,
            0.75,
            0.5,
            false,
            Suppression.DEVIATION,
            Severity.WARNING,
            12.5,
            12,
            13,
            Map.of("z_score", 1.0),
            new ModelStatus(ModelState.ACTIVE, "m7", 100, 100),
            false,
            new ScoreContext(1, 12.5, 0, 12.5, 12.5, 100),
            0),
        new AnomalyScore(
            "endpoint",
            "GET shop /pay",
            AnomalyScore.ROW,
            TIME_MS,
            TIME_MS + 60_000,
            none,
            none,
            false,
            null,
            Severity.INFO,
            none,
            none,
            none,
            Map.of(),
            new ModelStatus(ModelState.WARMING_UP, null, 3, 100),
            false,
            ScoreContext.NONE,
            0));
  }

  static List<RuleStatus> statuses() {
    return List.of(
        new RuleStatus("latency", "Slow", RuleState.ACCEPTED, "v1", null, 3, "groups: []\n"),
        new RuleStatus("latency", "Slow", RuleState.REFUSED, null, "expected a name", 0, null));
  }

  static List<Scaler> scalers() {
    FeatureStatistics seen = new FeatureStatistics(3, 1, 4, 2.5, 1.25);
    return List.of(
        new Scaler("host", "7", Scaling.MinMax.ZERO_TO_ONE, Map.of(FEATURES.get(0), seen)),
        new Scaler(
            "host",
            "2026-11-01",
            new Scaling.ZScore(),
            Map.of(FEATURES.get(0), seen, FEATURES.get(1), FeatureStatistics.NEVER_SEEN)));
  }

  static List<AlertEvent> events() {
    return List.of(
        new AlertEvent(
            "a1",
            "e2",
            "f1",
            "high_cpu",
            "v1",
            AlertStatus.RESOLVED,
            true,
            null,
            Map.of("device_id", "web-1", "severity", "critical"),
            Map.of("summary", "CPU is high\nlook at it"),
            "cpu_percent_mean > 90",
            97.25,
            90.0,
            "was 97.25",
            TIME_MS,
            TIME_MS + 300_000,
            TIME_MS + 900_000,
            TIME_MS + 900_000,
            "m7",
            Map.of("cpu_percent_mean", 0.75),
            List.of("t1", "t2")),
        new AlertEvent(
            "a1",
            "e1",
            "f1",
            "high_cpu",
            "v1",
            AlertStatus.SUPPRESSED,
            false,
            "rule other",
            Map.of(),
            Map.of(),
            "cpu_percent_mean",
            null,
            null,
            "",
            TIME_MS,
            TIME_MS,
            null,
            null,
            null,
            Map.of(),
            List.of()));
  }

  private static TelemetryModel model(String name, UnknownFields unknown, String... fields) {
    double most = Double.POSITIVE_INFINITY;
    return new TelemetryModel(
        name,
        "of seeds",
        Arrays.stream(fields).map(field -> new TelemetryField(field, "1", -most, most)).toList(),
        unknown,
        OutOfRange.MISSING,
        new WindowSpec(Duration.ofMinutes(1), Duration.ofSeconds(10)));
  }
}
