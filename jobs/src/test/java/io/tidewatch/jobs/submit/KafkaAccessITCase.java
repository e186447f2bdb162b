package io.tidewatch.jobs.submit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.embedded.EmbeddedKafka;
import io.tidewatch.jobs.JobSpace;
import io.tidewatch.jobs.TestAuthority;
import io.tidewatch.jobs.anomaly.AnomalyJob;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.JobTopics;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brokers that ask for TLS and a password; a job that cannot have both is told which key is wrong.
 */
class KafkaAccessITCase {
  private static final String RIGHT = "right-7Zq";
  private static final String WRONG = "wrong-7Zq";
  private static final String TRUST = "ssl.truststore.certificates";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaAccessITCase.class);

  private final TestAuthority authority = new TestAuthority("brokers");

  @TempDir Path folder;

  @Test
  void letsInWhoTrustsTheBrokersAndIsKnownToThem() throws IOException {
    try (EmbeddedKafka kafka = broker(authority.server())) {
      Map<String, String> settings = client(RIGHT);
      assertThatCode(() -> ask(kafka, settings)).doesNotThrowAnyException();

      assertRefused(kafka, client(WRONG), "kafka.properties.sasl.jaas.config: must be a user and");

      Map<String, String> otherAuthority = client(RIGHT);
      otherAuthority.put(TRUST, new TestAuthority("others").certificate());
      assertRefused(
          kafka,
          otherAuthority,
          "kafka.properties.ssl.truststore.certificates: must hold who signed the certificates");

      assertRefused(
          kafka,
          Map.of(),
          "kafka.bootstrap_servers: must be brokers that answer over PLAINTEXT"
              + " (kafka.properties.security.protocol), was '127.0.0.1:");
      assertMainRefuses(kafka);
    }
  }

  /** A broker does not even start with such a certificate; the handshake is the same. */
  @Test
  void refusesBrokersWhoseCertificateHasExpired() throws Exception {
    ServerSocketFactory sockets = authority.expired().context().getServerSocketFactory();
    try (ServerSocket server = sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread handshakes = new Thread(() -> shakeHands(server), "handshakes");
      handshakes.start();
      String address = "127.0.0.1:" + server.getLocalPort();
      assertRefused(
          () -> KafkaAccess.require(needs(address, client(RIGHT))),
          "kafka.bootstrap_servers: must be brokers whose certificates are valid today, was '"
              + address);
    }
  }

  private static void shakeHands(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        ((SSLSocket) client).startHandshake();
      } catch (IOException e) {
        LOG.debug("the client does not trust the server, or the test is over", e);
      }
    }
  }

  @Test
  void refusesBrokersUnderAnotherName() {
    try (EmbeddedKafka kafka = broker(authority.elsewhere())) {
      assertRefused(
          kafka,
          client(RIGHT),
          "kafka.bootstrap_servers: must be names that the certificates of the brokers are for,");
    }
  }

  @Test
  void doesNotGoOnWithoutTlsWhereItIsAskedFor() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("plain"))) {
      assertRefused(
          kafka,
          client(RIGHT),
          "kafka.bootstrap_servers: must be brokers that answer over SASL_SSL"
              + " (kafka.properties.security.protocol), was '127.0.0.1:");
      assertThatCode(() -> ask(kafka, Map.of())).doesNotThrowAnyException();
    }
  }

  @Test
  void namesAllTopicsThatAreNotThereWithTheirKeys() throws IOException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("empty"))) {
      kafka.createTopic("tidewatch.alerts.v1", 1, Map.of());
      kafka.createTopic("tidewatch.refused.v1", 1, Map.of());
      assertLacks(
          kafka,
          TelemetryJob::main,
          "models: %s\nalerting: {rules: %s}"
              .formatted(JobSpace.shipped("models"), JobSpace.shipped("rules/telemetry.yaml")),
          "tidewatch.telemetry.v1 (input.topic), tidewatch.telemetry.v1.dlq (input.topic),"
              + " tidewatch.telemetry.v1.late (input.topic),"
              + " tidewatch.alert-state.v1 (alerting.state_topic),"
              + " tidewatch.rules.v1 (alerting.rules_topic),"
              + " tidewatch.rule-status.v1 (alerting.status_topic),"
              + " tidewatch.features.v1 (features.topic)");
      assertLacks(
          kafka,
          LatencyJob::main,
          "sinks: {windows: [kafka]}\nalerting: {rules: %s, state_topic: '', rules_topic: ''}"
              .formatted(JobSpace.shipped("rules/latency.yaml")),
          "tidewatch.api-latency.v1 (input.topic), tidewatch.api-latency.v1.dlq (input.topic),"
              + " tidewatch.api-latency.v1.late (input.topic),"
              + " tidewatch.rule-status.v1 (alerting.status_topic),"
              + " tidewatch.latency-windows.v1 (output.windows_topic)");
      assertLacks(
          kafka,
          AnomalyJob::main,
          "models: %s\nalerting: {rules: %s, status_topic: ''}"
              .formatted(JobSpace.shipped("models"), JobSpace.shipped("rules/anomaly.yaml")),
          "tidewatch.features.v1 (input.topic), tidewatch.features.v1.dlq (input.topic),"
              + " tidewatch.models.v1 (output.models_topic),"
              + " tidewatch.models.v1.dlq (output.models_topic),"
              + " tidewatch.alert-state.v1 (alerting.state_topic),"
              + " tidewatch.rules.v1 (alerting.rules_topic),"
              + " tidewatch.latency-windows.v1 (series.latency_topic),"
              + " tidewatch.latency-windows.v1.dlq (series.latency_topic),"
              + " tidewatch.scores.v1 (output.scores_topic)");
    }
  }

  /** The main of a job. */
  @FunctionalInterface
  private interface Main {
    void run(String[] args) throws Exception;
  }

  private void assertLacks(EmbeddedKafka kafka, Main main, String yaml, String topics)
      throws IOException {
    String head = "kafka: {bootstrap_servers: '%s'}\n".formatted(kafka.bootstrapServers());
    Path file = Files.writeString(folder.resolve("job.yaml"), head + yaml);
    assertThatThrownBy(() -> main.run(new String[] {"--config", file.toString()}))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "kafka.bootstrap_servers: must be brokers that show the job its topics, those at '%s' do"
                    .formatted(kafka.bootstrapServers())
                + " not show "
                + topics);
  }

  /** As users start it. */
  private void assertMainRefuses(EmbeddedKafka kafka) throws IOException {
    Path secret = Files.writeString(folder.resolve("jaas"), jaas(WRONG));
    Path trusted = Files.writeString(folder.resolve("ca.pem"), authority.certificate());
    Path file =
        Files.writeString(
            folder.resolve("latency.yaml"),
            """
            kafka:
              bootstrap_servers: "%s"
              properties:
                security.protocol: SASL_SSL
                sasl.mechanism: PLAIN
                sasl.jaas.config: "${file:%s}"
                ssl.truststore.type: PEM
                ssl.truststore.location: %s
            alerting: {rules: %s}
            """
                .formatted(
                    kafka.bootstrapServers(),
                    secret,
                    trusted,
                    JobSpace.shipped("rules/latency.yaml")));
    assertThatThrownBy(() -> LatencyJob.main(new String[] {"--config", file.toString()}))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("kafka.properties.sasl.jaas.config: must be a user and");
  }

  private static KafkaNeeds needs(String bootstrapServers, Map<String, String> settings) {
    return new KafkaNeeds(new KafkaConfig(bootstrapServers, settings), new JobTopics());
  }

  private static void ask(EmbeddedKafka kafka, Map<String, String> settings) {
    KafkaAccess.require(needs(kafka.bootstrapServers(), settings));
  }

  private static void assertRefused(
      EmbeddedKafka kafka, Map<String, String> settings, String message) {
    assertRefused(() -> ask(kafka, settings), message);
  }

  private static void assertRefused(ThrowingCallable question, String message) {
    assertThatThrownBy(question)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContainingAny("\n", RIGHT, WRONG);
  }

  private Map<String, String> client(String password) {
    Map<String, String> settings = new HashMap<>();
    settings.put("security.protocol", "SASL_SSL");
    settings.put("sasl.mechanism", "PLAIN");
    settings.put("sasl.jaas.config", jaas(password));
    settings.put("ssl.truststore.type", "PEM");
    settings.put(TRUST, authority.certificate());
    return settings;
  }

  private static String jaas(String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required"
        + " username=\"tidewatch\" password=\"%s\";".formatted(password);
  }

  private EmbeddedKafka broker(TestAuthority.Server server) {
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        "listener.name.plaintext.plain.sasl.jaas.config",
        jaas(RIGHT).replace(";", " user_tidewatch=\"%s\";".formatted(RIGHT)));
    settings.put("ssl.keystore.type", "PEM");
    settings.put("ssl.keystore.certificate.chain", server.certificates());
    settings.put("ssl.keystore.key", server.key());
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.certificates", authority.certificate());
    return EmbeddedKafka.start(folder.resolve("tls"), settings);
  }
}
