package io.tidewatch.cli.notifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.cli.Tidewatch;
import io.tidewatch.embedded.KafkaProgram;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.testkit.LoopbackPorts;
import io.tidewatch.testkit.TopicClient;
import io.tidewatch.testkit.process.ServerProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notifier as users run it, while Kafka stops answering for longer than its clients wait. */
class NotifierCommandITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long T0 = 1_700_000_000_000L;
  private static final List<String> SMALL_JVM =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  @TempDir Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void beginsAgainInTheSameProcessWhenKafkaIsBack() throws Exception {
    int kafkaPort = LoopbackPorts.free();
    String bootstrapServers = "127.0.0.1:" + kafkaPort;
    int health = LoopbackPorts.free();
    HttpServer webhook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext("/", this::take);
    webhook.start();
    try (ServerProcess kafka = kafka(kafkaPort);
        ServerProcess notifier =
            notifier(config(bootstrapServers, health, webhook.getAddress().getPort()))) {
      kafka.start();
      createTopics(bootstrapServers);
      notifier.start();
      awaitReady(health);
      ProcessHandle process = notifier.process().orElseThrow();
      tell(bootstrapServers, "before");
      awaitTold("before");

      kafka.freeze();
      await("it gives up waiting")
          .atMost(PATIENCE)
          .until(() -> Files.readString(notifier.log()).contains("the notifier begins again"));
      kafka.thaw();
      tell(bootstrapServers, "after");

      awaitTold("after");
      awaitReady(health);
      assertThat(notifier.process()).contains(process);
      assertThat(Files.readString(notifier.log()))
          .contains("tidewatch: Kafka does not answer, the notifier begins again: ")
          .doesNotContain("\tat io.tidewatch");
    } finally {
      webhook.stop(0);
    }
  }

  private ServerProcess kafka(int port) {
    return new ServerProcess(
        "kafka",
        KafkaProgram.command(
            folder.resolve("kafka"), port, LoopbackPorts.free(), Map.of(), SMALL_JVM),
        folder.resolve("kafka.log"),
        "");
  }

  private ServerProcess notifier(Path config) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL_JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Tidewatch.class.getName(), "notifier", "--config", config.toString()));
    return new ServerProcess("notifier", command, folder.resolve("notifier.log"), "");
  }

  /** Clients that wait for seconds where the shipped ones wait for a minute. */
  private Path config(String bootstrapServers, int health, int webhook) throws IOException {
    return Files.writeString(
        folder.resolve("notifier.yaml"),
        """
        kafka:
          bootstrap_servers: "%s"
          properties: {default.api.timeout.ms: "5000", request.timeout.ms: "2000", max.block.ms: "5000"}
        input: {topic: alerts, start: earliest}
        http: {port: %d}
        targets: {allowed_hosts: [127.0.0.1], allowed_addresses: [127.0.0.1]}
        channels: [{name: webhook, webhook: {url: "http://127.0.0.1:%d/", headers: {}}}]
        receivers: [{name: everybody, channels: [webhook]}]
        route: {receiver: everybody, group_by: [...], group_wait: 0s, group_interval: 1s, repeat_interval: 1d}
        """
            .formatted(bootstrapServers, health, webhook));
  }

  /** Waits until Kafka has come up. */
  private static void createTopics(String bootstrapServers) throws Exception {
    List<NewTopic> topics =
        List.of(
            new NewTopic("alerts", 1, (short) 1),
            new NewTopic("alerts.dlq", 1, (short) 1),
            new NewTopic("tidewatch.notifications.v1", 1, (short) 1)
                .configs(Map.of("cleanup.policy", "compact")),
            new NewTopic("tidewatch.undelivered.v1", 1, (short) 1));
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()))) {
      admin.createTopics(topics).all().get();
    }
  }

  private static void awaitReady(int health) {
    URI ready = URI.create("http://127.0.0.1:" + health + "/readyz");
    await("the notifier is ready")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> ((HttpURLConnection) ready.toURL().openConnection()).getResponseCode() == 200);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      told.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private void awaitTold(String device) {
    await(device + " is told")
        .atMost(PATIENCE)
        .until(() -> told.stream().anyMatch(message -> message.contains(device)));
  }

  private static void tell(String bootstrapServers, String device) {
    AlertEvent event =
        new AlertEvent(
            "alert-" + device,
            "event-" + device,
            "fingerprint-" + device,
            "VibrationHigh",
            "0a1b2c3d",
            AlertStatus.FIRING,
            true,
            null,
            Map.of("alertname", "VibrationHigh", "device_id", device, "severity", "critical"),
            Map.of("summary", "Vibration above 8 mm/s"),
            "vibration > 8",
            12.8,
            8.0,
            "vibration 12.8 > 8 held for PT5S",
            T0,
            T0 + 5000,
            null,
            T0 + 5000,
            null,
            Map.of(),
            List.of());
    new TopicClient(bootstrapServers)
        .writeAll(
            List.of(
                new ProducerRecord<>(
                    "alerts",
                    event.fingerprint().getBytes(UTF_8),
                    new AlertEventCodec().encode(event))));
  }
}
