package io.tidewatch.jobs.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.decide.DeviationRule;
import io.tidewatch.analytics.decide.Direction;
import io.tidewatch.analytics.series.SeriesDeviations;
import io.tidewatch.analytics.series.SeriesKey;
import io.tidewatch.jobs.JobSpace;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.codec.ApiLatencyAvroEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnomalyFilesTest {
  private final YamlLoader loader = new YamlLoader(Map.<String, String>of()::get);

  @TempDir Path folder;

  @Test
  void theShippedFileScoresWhatIsOfTheDevice() {
    AnomalyFiles files = AnomalyFiles.load(loader, JobSpace.shipped("jobs/anomaly.yaml"));
    assertThat(files.selections().keySet()).contains("host", "welding");
    assertThat(files.names().get("welding")).contains("voltage_volt_count");
    assertThat(files.selections().get("welding").features())
        .contains("voltage_volt_mean", "vibration_mm_per_second_max")
        .noneMatch(name -> name.endsWith("_count") || name.endsWith("_ratio"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input: {format: avro} | input.avro: must have schema_registry or schemas with format avro,"
            + " had neither",
        "event_time: {allowed_lateness: 1s} | event_time.allowed_lateness: must be PT0S, a row is"
            + " scored when it comes, was PT1S",
        "features: {leave_out: [volume]} | features.leave_out: must be names of features without"
            + " their field, such as count, was 'volume'",
        "scoring: {forest: {trees: 0}} | scoring.forest.trees: must be 1 to 1000, was 0",
        "scoring: {forest: {engine: oak}} | scoring.forest.engine: must be one of [built-in,"
            + " smile], whose jars are here, was oak",
        "scoring: {training: {warm_up_rows: 99}} | scoring.training.warm_up_rows: must be ≥ 100,"
            + " was 99",
        "scoring: {history: {rows: 200}} | scoring.training.warm_up_rows: must be ≤ history.rows"
            + " (200), was 256",
        "scoring: {scope: galaxy} | scoring.scope: must be one of fleet, device, was 'galaxy'",
        "series: {devices: [{model: lathe, fields: [force], features: [mean]}]} |"
            + " series.devices[0].model: must be * or one of [cache, host, metric, omi, welding],"
            + " was 'lathe'",
        "series: {devices: [{model: host, fields: [force], features: [mean]}]} | series.devices[0]:"
            + " must choose among the features of model host, which has no force_mean",
        "series: {devices: [{model: host, fields: [load_1m], features: [maen]}]} |"
            + " series.devices[0].features: must be names of features without their field, such as"
            + " mean, was 'maen'",
        "series: {devices: [{model: host, features: [mean]}]} | series.devices[0].fields: must be"
            + " given, was missing",
        "series: {endpoints: [{service: (, metrics: [p95_ms]}]} | series.endpoints[0].service: must"
            + " be a regular expression, was '(' (Unclosed group)",
        "series: {endpoints: [{service: shop}]} | series.endpoints[0].metrics: must be given, was"
            + " missing",
        "scoring: {decision: {cooldown: 8d}} | scoring.decision.cooldown: must be PT0S to P7D, was"
            + " PT192H",
        "scoring: {decision: {tail_rate: 0.5}} | scoring.decision.tail_rate: must be above 0 and at"
            + " most 0.01, was 0.5",
        "series: {decisions: [{model: host}]} | series.decisions[0].metrics: must be given, was"
            + " missing",
        "series: {decisions: [{model: host, metrics: []}]} | series.decisions[0].metrics: must name"
            + " a metric, or be [*] for all, was empty",
        "series: {decisions: [{model: lathe, metrics: [force_mean]}]} | series.decisions[0].model:"
            + " must be * or one of [_latency, cache, host, metric, omi, welding], was 'lathe'",
        "series: {decisions: [{model: host, metrics: [p99_ms]}]} | series.decisions[0].metrics:"
            + " must be metrics that are scored by themselves, of model host, was 'p99_ms'",
        "series: {decisions: [{model: '*', metrics: [p99_s]}]} | series.decisions[0].metrics: must"
            + " be metrics that are scored by themselves, of model *, was 'p99_s'",
        "series: {decisions: [{model: host, metrics: ['*'], direction: sideways}]} |"
            + " series.decisions[0].direction: must be one of up, down, both, was 'sideways'",
        "series: {decisions: [{model: host, metrics: ['*'], least_absolute: -1}]} |"
            + " series.decisions[0].least_absolute: must be ≥ 0, was -1.0",
        "series: {decisions: [{model: host, metrics: ['*'], least: 1}]} |"
            + " series.decisions[0].least: unknown key; known here: direction, least_absolute,"
            + " least_relative, metrics, model",
        "series: {max_series: 0} | series.max_series: must be ≥ 1, was 0",
        "series: {forget_after: PT24H} | series.forget_after: must be > P1D, was PT24H",
        "series: {latency_topic: a b} | series.latency_topic: must be letters, digits, '.', '_' or"
            + " '-', at most 200, was 'a b'",
        "output: {models_topic: a b} | output.models_topic: must be letters, digits, '.', '_' or"
            + " '-', at most 200, was 'a b'"
      })
  void refusesInOneLineThatNamesTheKey(String yaml, String message) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("anomaly.yaml"),
            "models: %s\n%s\n".formatted(JobSpace.shipped("models"), yaml));
    assertThatThrownBy(() -> AnomalyFiles.load(loader, file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void anEngineWhoseJarIsNotThereIsRefusedInOneLine() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("anomaly.yaml"),
            "models: %s\nalerting: {rules: %s}\nscoring: {forest: {engine: smile}}\n"
                .formatted(JobSpace.shipped("models"), JobSpace.shipped("rules/anomaly.yaml")));
    assertThat(AnomalyFiles.load(loader, file).config().scoring().forest().engine())
        .isEqualTo("smile");
    Thread thread = Thread.currentThread();
    ClassLoader withItsJar = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      assertThatThrownBy(() -> AnomalyFiles.load(loader, file))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              file
                  + ": scoring.forest.engine: must be one of [built-in], whose jars are here, was"
                  + " smile");
    } finally {
      thread.setContextClassLoader(withItsJar);
    }
  }

  @Test
  void aSchemaOfOtherMessagesIsRefused() throws IOException {
    Path schema = Files.writeString(folder.resolve("other.avsc"), ApiLatencyAvroEncoder.schema());
    Path file =
        Files.writeString(
            folder.resolve("anomaly.yaml"),
            "models: %s\ninput: {format: avro, avro: {schemas: {1: other.avsc}}}\n"
                .formatted(JobSpace.shipped("models")));
    assertThat(schema).exists();
    assertThatThrownBy(() -> AnomalyFiles.load(loader, file))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ": input.avro.schemas.1: other.avsc: ");
  }

  @Test
  void theShippedFileScoresEachFieldAndThreeMetricsOfEndpoints() {
    AnomalyFiles files = AnomalyFiles.load(loader, JobSpace.shipped("jobs/anomaly.yaml"));
    assertThat(files.deviceSeries().metrics("welding"))
        .containsExactly(
            "current_ampere_mean",
            "voltage_volt_mean",
            "temperature_celsius_mean",
            "vibration_mm_per_second_mean");
    assertThat(files.endpointSeries().metrics()).containsExactly("p95_ms", "p99_ms", "error_rate");
    assertThat(files.costs(10)).hasSize(1 + files.names().size() + 2);
  }

  @Test
  void theFirstDecisionThatIsAboutASeriesCountsAndAsShippedAnyDeviationDoes() throws IOException {
    assertThat(AnomalyFiles.load(loader, JobSpace.shipped("jobs/anomaly.yaml")).deviations())
        .isEqualTo(SeriesDeviations.ANY);
    Path file =
        Files.writeString(
            folder.resolve("anomaly.yaml"),
            """
            models: %s
            alerting: {rules: %s}
            series:
              decisions:
                - {model: _latency, metrics: [error_rate], least_absolute: 1}
                - {model: _latency, metrics: ["*"], direction: up, least_relative: 0.1}
                - {model: "*", metrics: [cpu_percent_mean], direction: down}
            """
                .formatted(JobSpace.shipped("models"), JobSpace.shipped("rules/anomaly.yaml")));
    SeriesDeviations deviations = AnomalyFiles.load(loader, file).deviations();
    assertThat(deviations.of(new SeriesKey("_latency", "GET shop /a", "error_rate")))
        .isEqualTo(new DeviationRule(Direction.BOTH, 1, 0));
    assertThat(deviations.of(new SeriesKey("_latency", "GET shop /a", "p99_ms")))
        .isEqualTo(new DeviationRule(Direction.UP, 0, 0.1));
    assertThat(deviations.of(new SeriesKey("host", "web-1", "cpu_percent_mean")))
        .isEqualTo(new DeviationRule(Direction.DOWN, 0, 0));
    assertThat(deviations.of(new SeriesKey("host", "web-1", "load_1m_mean")))
        .isEqualTo(DeviationRule.ANY);
  }

  @Test
  void nothingIsScoredByItselfWhereNothingIsChosen() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("anomaly.yaml"),
            """
            models: %s
            alerting: {rules: %s}
            series: {devices: [], latency_topic: "", endpoints: [{metrics: [p95_ms]}]}
            """
                .formatted(JobSpace.shipped("models"), JobSpace.shipped("rules/anomaly.yaml")));
    AnomalyFiles files = AnomalyFiles.load(loader, file);
    assertThat(files.deviceSeries().isEmpty()).isTrue();
    assertThat(files.endpointSeries().isEmpty()).as("without a topic").isTrue();
    assertThat(files.costs(10)).isEmpty();
  }

  @Test
  void refusesToLeaveOutAllFeaturesOfAModel() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("anomaly.yaml"),
            """
            models: %s
            features: {leave_out: [mean, std, min, max, count, missing_ratio, imputed_ratio, outlier_ratio]}
            """
                .formatted(JobSpace.shipped("models")));
    assertThatThrownBy(() -> AnomalyFiles.load(loader, file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("features.leave_out: must leave a feature");
  }
}
