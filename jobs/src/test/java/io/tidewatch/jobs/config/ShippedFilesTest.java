package io.tidewatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.jobs.anomaly.AnomalyConfig;
import io.tidewatch.jobs.dataset.DatasetConfig;
import io.tidewatch.jobs.latency.LatencyConfig;
import io.tidewatch.jobs.telemetry.TelemetryConfig;
import io.tidewatch.schemas.model.TelemetryModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedFilesTest {
  /** The demo names a folder of its own; the shipped models stand for it. */
  private final YamlLoader loader =
      new YamlLoader(
          Map.of("TIDEWATCH_DEMO_MODELS", ConfigFolder.shipped("models").toString())::get);

  /** Without the defaults under it. */
  @ParameterizedTest
  @ValueSource(strings = {"telemetry", "latency", "dataset", "anomaly"})
  void theConfigurationOfAJobIsComplete(String job) {
    assertThatCode(() -> loader.load(ConfigFolder.shipped("jobs/" + job + ".yaml"), type(job)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "demo"})
  void theFilesThatAConfigurationNamesCanBeUsed(String folder) {
    Path telemetry = ConfigFolder.shipped(folder + "/telemetry.yaml");
    TelemetryConfig devices = loader.loadOver("telemetry.yaml", telemetry, TelemetryConfig.class);
    TelemetryModels models = ModelFiles.load(loader, telemetry.resolveSibling(devices.models()));
    assertThat(models.names()).contains("host", "welding");
    assertRules(telemetry.resolveSibling(devices.alerting().rules()), new FeatureSeries(models));

    Path latency = ConfigFolder.shipped(folder + "/latency.yaml");
    LatencyConfig requests = loader.loadOver("latency.yaml", latency, LatencyConfig.class);
    assertRules(latency.resolveSibling(requests.alerting().rules()), new LatencySeries());
  }

  @Test
  void noFileIsForgottenHere() throws IOException {
    for (String folder : List.of("jobs", "demo", "rules")) {
      try (Stream<Path> files = Files.list(ConfigFolder.shipped(folder))) {
        assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
            .allMatch(
                name ->
                    name.matches("(telemetry|latency|dataset|anomaly|notifier)(-rules)?\\.yaml"));
      }
    }
  }

  private void assertRules(Path file, SeriesReader<?, ?> metrics) {
    assertThat(RuleFiles.load(file, metrics).rules()).isNotEmpty();
  }

  private static Class<?> type(String job) {
    return switch (job) {
      case "telemetry" -> TelemetryConfig.class;
      case "latency" -> LatencyConfig.class;
      case "anomaly" -> AnomalyConfig.class;
      default -> DatasetConfig.class;
    };
  }
}
