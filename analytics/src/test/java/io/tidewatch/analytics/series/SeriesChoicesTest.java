package io.tidewatch.analytics.series;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which metrics become series, and how they are called. */
class SeriesChoicesTest {
  private static final TelemetryModel PRESS = model("press", "force", "heat");
  private static final TelemetryModel KILN = model("kiln", "heat");
  private static final List<TelemetryModel> MODELS = List.of(PRESS, KILN);

  private static TelemetryModel model(String name, String... fields) {
    return new TelemetryModel(
        name,
        "",
        Stream.of(fields)
            .map(
                field ->
                    new TelemetryField(
                        field, "1", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
            .toList(),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        new WindowSpec(Duration.ofMinutes(1), Duration.ofSeconds(5)));
  }

  private static DeviceSelector any(String... features) {
    return new DeviceSelector("*", List.of("*"), List.of(features));
  }

  @Test
  void chooseFeaturesOfDevicesByModelFieldAndFeature() {
    DeviceSeries series =
        DeviceSeries.of(
            MODELS,
            List.of(
                new DeviceSelector("press", List.of("heat"), List.of("max", "mean")),
                new DeviceSelector("press", List.of("*"), List.of("mean"))));
    assertThat(series.metrics("press")).containsExactly("heat_max", "heat_mean", "force_mean");
    assertThat(series.metrics("kiln")).isEmpty();
    assertThat(series.isEmpty()).isFalse();

    List<String> names = FeatureNames.of(PRESS);
    double[] features = new double[names.size()];
    Arrays.setAll(features, i -> i);
    features[names.indexOf("heat_imputed_ratio")] = 0.25;
    features[names.indexOf("force_imputed_ratio")] = 0;
    FeatureVector vector = new FeatureVector("press", "p 1", 5, 9, 3, features).revised(2);
    assertThat(rows(series, vector))
        .containsExactly(
            new SeriesRow(
                new SeriesKey("press", "p 1", "heat_max"),
                5,
                9,
                names.indexOf("heat_max"),
                true,
                2),
            new SeriesRow(
                new SeriesKey("press", "p 1", "heat_mean"),
                5,
                9,
                names.indexOf("heat_mean"),
                true,
                2),
            new SeriesRow(
                new SeriesKey("press", "p 1", "force_mean"),
                5,
                9,
                names.indexOf("force_mean"),
                false,
                2));
    assertThat(rows(series, new FeatureVector("kiln", "k", 5, 9, 3, features))).isEmpty();
  }

  @Test
  void ofAnyModelTheyChooseWhatItHas() {
    DeviceSeries series = DeviceSeries.of(MODELS, List.of(any("mean", "median")));
    assertThat(series.metrics("press")).containsExactly("force_mean", "heat_mean");
    assertThat(series.metrics("kiln")).containsExactly("heat_mean");
    assertThat(DeviceSeries.of(MODELS, List.of(any("median"))).isEmpty()).isTrue();
    assertThat(DeviceSeries.of(MODELS, List.of()).isEmpty()).isTrue();
  }

  @Test
  void refuseWhatNoModelHas() {
    assertRefused(
        () -> DeviceSeries.of(MODELS, List.of(any("mean"), selector("lathe", "heat", "mean"))),
        "[1].model: must be * or one of [kiln, press], was 'lathe'");
    assertRefused(
        () -> DeviceSeries.of(MODELS, List.of(selector("kiln", "force", "mean"))),
        "[0]: must choose among the features of model kiln, which has no force_mean");
    assertRefused(
        () -> DeviceSeries.of(MODELS, List.of(selector("kiln", "heat", "p95"))),
        "[0]: must choose among the features of model kiln, which has no heat_p95");
    assertRefused(
        () -> any("maen"),
        "features: must be names of features without their field, such as mean, was 'maen'");
    assertRefused(() -> any(), "features: must name a feature, such as mean, was empty");
    assertRefused(
        () -> new DeviceSelector("*", List.of(), List.of("mean")),
        "fields: must name a field, or be [\"*\"] for all, was empty");
  }

  private static DeviceSelector selector(String model, String field, String feature) {
    return new DeviceSelector(model, List.of(field), List.of(feature));
  }

  @Test
  void chooseMetricsOfEndpointsByServiceAndTemplate() {
    EndpointSeries series =
        new EndpointSeries(
            List.of(
                new EndpointSelector("shop", "/orders.*", List.of("p99_ms", "error_rate")),
                new EndpointSelector(".*", ".*", List.of("p99_ms", "count"))));
    assertThat(series.metrics()).containsExactly("p99_ms", "error_rate", "count");
    assertThat(rows(series, window("shop", "/orders/{id}")))
        .extracting(SeriesRow::key)
        .containsExactly(
            key("GET shop /orders/{id}", "p99_ms"),
            key("GET shop /orders/{id}", "error_rate"),
            key("GET shop /orders/{id}", "count"));
    assertThat(rows(series, window("my shop", "/orders/{id}").revised(3)))
        .containsExactly(
            new SeriesRow(key("GET my%20shop /orders/{id}", "p99_ms"), 5, 9, 12, false, 3),
            new SeriesRow(key("GET my%20shop /orders/{id}", "count"), 5, 9, 4, false, 3));
    assertThat(new EndpointSeries(List.of()).isEmpty()).isTrue();
    assertThat(series.isEmpty()).isFalse();
  }

  @Test
  void noTwoEndpointsShareAText() {
    assertThat(
            Stream.of(
                    window("a", "b GET c"),
                    window("a GET b", "c"),
                    window("a%20GET%20b", "c"),
                    window("a", "GET c"))
                .map(EndpointSeries::entity)
                .distinct())
        .hasSize(4);
  }

  @Test
  void theLongestEntityHasRoomInItsColumnOfTdengine() throws IOException {
    LatencyWindow longest =
        new LatencyWindow(
            " ".repeat(256),
            "/".repeat(256),
            "M".repeat(16),
            5,
            9,
            4,
            1,
            2,
            50,
            6,
            7,
            8,
            10,
            12,
            13);
    try (InputStream ddl =
        SeriesChoicesTest.class.getResourceAsStream("/sql/tdengine/V004__anomaly_scores.sql")) {
      assertThat(new String(ddl.readAllBytes(), UTF_8))
          .contains("`entity` NCHAR(%d)".formatted(EndpointSeries.entity(longest).length()));
    }
  }

  @Test
  void refuseExpressionsAndMetricsThatAreNone() {
    assertRefused(
        () -> new EndpointSelector("(", ".*", List.of("p99_ms")),
        "service: must be a regular expression, was '(' (Unclosed group)");
    assertRefused(
        () -> new EndpointSelector(".*", "[", List.of("p99_ms")),
        "endpoint: must be a regular expression, was '[' (Unclosed character class)");
    assertRefused(
        () -> new EndpointSelector(".*", ".*", List.of()),
        "metrics: must name a metric, such as p95_ms, was empty");
    assertThatThrownBy(() -> new EndpointSelector(".*", ".*", List.of("p42_ms")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("metrics: must be among [count, error_count, ")
        .hasMessageEndingWith("was 'p42_ms'");
  }

  private static LatencyWindow window(String service, String endpoint) {
    return new LatencyWindow(service, endpoint, "GET", 5, 9, 4, 1, 2, 50, 6, 7, 8, 10, 12, 13);
  }

  private static SeriesKey key(String entity, String metric) {
    return new SeriesKey(SeriesKey.LATENCY, entity, metric);
  }

  private static <T> List<SeriesRow> rows(SeriesChoice<T> choice, T window) {
    List<SeriesRow> rows = new ArrayList<>();
    choice.rowsOf(window, rows::add);
    return rows;
  }

  private static void assertRefused(Runnable made, String message) {
    assertThatThrownBy(made::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
