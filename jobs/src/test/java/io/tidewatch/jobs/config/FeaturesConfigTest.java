package io.tidewatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.telemetry.TelemetryConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job file says of the vectors beside the database. */
class FeaturesConfigTest {
  private ConfigFolder folder;

  @BeforeEach
  void folder(@TempDir Path path) {
    folder = new ConfigFolder(path);
  }

  @Test
  void vectorsAreToldUnlessNotWantedAndRawUnlessAskedOtherwise() {
    FeaturesConfig shipped = load("kafka: {properties: {}}");
    assertThat(shipped.topic()).isEqualTo("tidewatch.features.v1");
    assertThat(shipped.areTold()).isTrue();
    assertThat(shipped.areScaled()).isFalse();
    assertThat(load("features: {topic: ''}").areTold()).isFalse();
  }

  @Test
  void namesTheTopicOfItsDeadLetters() {
    FeaturesConfig config = load("features: {topic: f, scalers_topic: tidewatch.scalers.v1}");
    assertThat(config.areTold()).isTrue();
    assertThat(config.areScaled()).isTrue();
    assertThat(config.scalersDeadLetterTopic()).isEqualTo("tidewatch.scalers.v1.dlq");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{topic: a b} | features.topic: must be letters, digits, '.', '_' or '-', at most 200, was 'a b'",
        "{topic: a, scalers_topic: a/b} | features.scalers_topic: must be letters, digits, '.', '_' or '-', at most 200, was 'a/b'",
        "{topic: \"\", scalers_topic: s} | features.scalers_topic: must be empty without topic, was 's'",
        "{topic: a, format: avro} | features.schema_id: must be ≥ 1 with format avro, was 0",
        "{topic: a, format: xml} | features.format: must be one of json, avro, was 'xml'",
      })
  void saysInOneLineWhichKeyBreaksWhichRule(String features, String error) {
    assertThatThrownBy(() -> load("features: " + features))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith(": " + error);
  }

  private FeaturesConfig load(String text) {
    return folder
        .loader()
        .loadOver("telemetry.yaml", folder.file("t.yaml", text), TelemetryConfig.class)
        .features();
  }
}
