package io.tidewatch.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkConfTest {
  private static final Path CONF =
      Path.of(System.getProperty("tidewatch.root")).resolve("flink-conf");

  private static final List<Class<?>> OPTION_CLASSES =
      List.of(
          CheckpointingOptions.class,
          CoreOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          PipelineOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          StateBackendOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  /** Those of the reporter are in a jar that is on the path of the cluster only. */
  private static final Set<String> REPORTER_KEYS =
      Set.of(
          "metrics.reporter.prom.factory.class",
          "metrics.reporter.prom.port",
          "metrics.reporter.prom.filterLabelValueCharacters");

  @TempDir Path folder;

  @Test
  void eachKeyIsAnOptionOfThisFlinkAndItsValueIsOfTheType() throws Exception {
    assertThat(unknownKeys(load(CONF))).isEmpty();
  }

  @Test
  void anUnknownKeyAndAValueOfAnotherTypeAreFound() throws Exception {
    Files.writeString(folder.resolve("config.yaml"), "state.backend: hashmap\nrest.prot: 1\n");
    assertThat(unknownKeys(load(folder))).containsExactly("rest.prot", "state.backend");

    Files.writeString(folder.resolve("config.yaml"), "rest.port: many\n");
    assertThatThrownBy(() -> unknownKeys(load(folder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("many");
  }

  @Test
  void theValuesAreThoseThatTheJobsRelyOn() {
    Configuration conf = load(CONF);

    assertThat(conf.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    assertThat(conf.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(conf.get(PipelineOptions.OBJECT_REUSE)).isTrue();
    assertThat(conf.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(conf.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .as("longer than the shipped sink.max_outage, PT10M")
        .isGreaterThan(Duration.ofMinutes(10));
    assertThat(conf.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    assertThat(conf.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("hashmap");
    assertThat(conf.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("exponential-delay");
    assertThat(conf.get(RestOptions.BIND_ADDRESS)).isEqualTo("localhost");
    assertThat(conf.get(WebOptions.SUBMIT_ENABLE)).isFalse();
    assertThat(MetricOptions.forReporter(conf, "prom").get(MetricOptions.REPORTER_FACTORY_CLASS))
        .isEqualTo("org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
  }

  @Test
  void eachKeyIsCommented() throws Exception {
    List<String> lines = Files.readAllLines(CONF.resolve("config.yaml"));
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).matches("[a-z].*")) {
        assertThat(lines.get(i - 1)).as("above %s", lines.get(i)).startsWith("# ");
      }
    }
  }

  private static Configuration load(Path folder) {
    return GlobalConfiguration.loadConfiguration(folder.toString());
  }

  private static Set<String> unknownKeys(Configuration conf) throws IllegalAccessException {
    Map<String, ConfigOption<?>> known = knownOptions();
    Set<String> unknown = new TreeSet<>();
    for (String key : conf.keySet()) {
      ConfigOption<?> option = known.get(key);
      if (option != null) {
        assertThat(conf.getOptional(option)).as(key).isPresent();
      } else if (!REPORTER_KEYS.contains(key)) {
        unknown.add(key);
      }
    }
    return unknown;
  }

  /** By their present key; a deprecated key is unknown on purpose. */
  private static Map<String, ConfigOption<?>> knownOptions() throws IllegalAccessException {
    Map<String, ConfigOption<?>> known = new HashMap<>();
    for (Class<?> options : OPTION_CLASSES) {
      for (Field field : options.getFields()) {
        if (field.getType() == ConfigOption.class) {
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          known.put(option.key(), option);
        }
      }
    }
    return known;
  }
}
