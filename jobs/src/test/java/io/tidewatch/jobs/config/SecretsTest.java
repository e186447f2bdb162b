package io.tidewatch.jobs.config;

import static io.tidewatch.jobs.config.ConfigFolder.CANARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.latency.LatencyConfig;
import io.tidewatch.jobs.telemetry.TelemetryConfig;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The canary stands for a secret; {@link ConfigFolder#error} looks for it in every message. */
class SecretsTest {
  private static final String REFUSED =
      ": must be taken from the environment or a file, as ${NAME} or ${file:/path} and no more";

  @TempDir Path temporary;
  private ConfigFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ConfigFolder(temporary).set("PASSWORD", CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CANARY,
        "12345",
        "true",
        "[" + CANARY + "]",
        "{a: " + CANARY + "}",
        "'${PASSWORD:-" + CANARY + "}'",
        "'" + CANARY + "${ABSENT:-}'",
        "'${ABSENT:-}" + CANARY + "'",
        "'${my-" + CANARY + "}'",
        "*" + CANARY,
        "&anchor " + CANARY,
        "!!str " + CANARY
      })
  void refusesALiteralPassword(String written) {
    assertThat(folder.latencyError("postgres: {password: " + written + "}"))
        .isEqualTo(": postgres.password" + REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.jaas.config",
        "SASL.JAAS.CONFIG",
        "ssl.keystore.password",
        "ssl.keystore.key",
        "listener.name.x.plain.sasl.jaas.config",
        "sasl.oauthbearer.client.credentials.client.secret"
      })
  void refusesALiteralSecretAmongTheKafkaProperties(String key) {
    assertThat(folder.latencyError("kafka: {properties: {%s: '%s'}}".formatted(key, CANARY)))
        .isEqualTo(": kafka.properties." + key + REFUSED);
    assertThat(
            folder.latencyError(
                "kafka: {properties: {%s: 'Module required username=\"${U:-u}\" password=\"%s\";'}}"
                    .formatted(key, CANARY)))
        .isEqualTo(": kafka.properties." + key + REFUSED);
  }

  /** Certificates are public, whatever Kafka hides of them. */
  @Test
  void knowsEachSecretOfTheKafkaClients() {
    Set<String> secrets = new TreeSet<>();
    for (ConfigDef definition : Set.of(ConsumerConfig.configDef(), ProducerConfig.configDef())) {
      definition.configKeys().values().stream()
          .filter(key -> key.type() == ConfigDef.Type.PASSWORD)
          .map(key -> key.name)
          .filter(key -> !key.contains("certificate"))
          .forEach(secrets::add);
    }
    assertThat(secrets).hasSizeGreaterThan(4).allMatch(Secret::isNameOfSecret);
  }

  @Test
  void takesSecretsFromTheEnvironmentAndPrintsNone() {
    LatencyConfig config =
        folder.latency(
            """
            kafka: {properties: {sasl.jaas.config: '${PASSWORD}', acks: all}}
            postgres: {password: '${PASSWORD}'}
            """);
    assertThat(config.postgres().password().reveal()).isEqualTo(CANARY);
    assertThat(config.kafka().clientProperties()).containsEntry("sasl.jaas.config", CANARY);
    assertThat(config.toString()).contains("sasl.jaas.config", "***").doesNotContain(CANARY);

    TelemetryConfig telemetry =
        folder
            .loader()
            .loadOver(
                "telemetry.yaml",
                folder.file(
                    "telemetry.yaml",
                    """
                    kafka: {properties: {sasl.jaas.config: '${PASSWORD}'}}
                    postgres: {password: '${PASSWORD}'}
                    """),
                TelemetryConfig.class);
    assertThat(telemetry.toString()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope: 1", "url: x", "user: ''", "migrate: maybe"})
  void doesNotShowAPasswordInTheErrorOfAnotherKey(String wrong) {
    assertThat(folder.latencyError("postgres: {password: '${PASSWORD}', " + wrong + "}"))
        .startsWith(": postgres.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres: '${PASSWORD}'", "kafka: {properties: '${PASSWORD}'}"})
  void doesNotShowAVariableThatStandsForAWholeMapping(String text) {
    assertThat(folder.latencyError(text)).endsWith(": must be a mapping, was one value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres:\n  password: '" + CANARY,
        "postgres:\n  password: \"" + CANARY + "\n",
        "postgres:\n  password: " + CANARY + "\n bad indent",
        "postgres: {password: " + CANARY,
        "postgres:\n  password: " + CANARY + ": x",
        "postgres:\n\tpassword: " + CANARY
      })
  void doesNotShowThePlaceWhereAFileIsNoYaml(String text) {
    assertThat(folder.latencyError(text)).startsWith(":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://tidewatch:" + CANARY + "@host/db",
        "tidewatch:" + CANARY + "@host/db",
        "host/db?password=" + CANARY,
        "jdbc:postgresql://tidewatch:" + CANARY + "@host/db",
        "jdbc:postgresql://host/db?password=" + CANARY,
        "jdbc:postgresql://host/db?ssl=true&password=" + CANARY,
        "jdbc:postgresql://host/db?ssl=true&PASSWORD=" + CANARY
      })
  void refusesAPasswordInTheUrlAndDoesNotShowIt(String url) {
    assertThat(folder.latencyError("postgres: {url: '" + url + "'}"))
        .startsWith(": postgres.url: must ");
  }

  @Test
  void takesASecretFromAFileWithoutTheLineBreakAtItsEnd() {
    Path file = folder.file("secret", CANARY + "\n");
    LatencyConfig config = folder.latency("postgres: {password: '${file:" + file + "}'}");
    assertThat(config.postgres().password().reveal()).isEqualTo(CANARY);
    assertThat(folder.latencyError("postgres: {password: '${file:/no/such/file}'}"))
        .isEqualTo(
            ": postgres.password: file /no/such/file must be readable, is not (NoSuchFileException)");
  }

  @Test
  void takesAUserInTheUrl() {
    String url = "jdbc:postgresql://host:5432/db?user=tidewatch&ssl=true";
    assertThat(folder.latency("postgres: {url: '" + url + "'}").postgres().url()).isEqualTo(url);
  }

  @Test
  void aSecretIsNeverPrintedWhoeverHoldsIt() {
    PostgresConfig config =
        new PostgresConfig("jdbc:postgresql://h/d", "u", new Secret(CANARY), true);
    assertThat(config.toString()).doesNotContain(CANARY);
    assertThat(String.valueOf(config.password())).isEqualTo("***");
    assertThatThrownBy(() -> new PostgresConfig("x", "u", new Secret(CANARY), true))
        .hasMessageNotContaining(CANARY);
  }
}
