package io.tidewatch.benchmarks.alerts;

import io.tidewatch.embedded.EmbeddedKafka;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.notifier.Notifier;
import io.tidewatch.notifier.config.NotifierFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A notifier as it is shipped, but for its one receiver, the times of its groups, and a route for
 * each line of devices.
 */
final class StormNotifier {
  private StormNotifier() {}

  /** Makes its topics and starts it. */
  static Notifier start(
      EmbeddedKafka kafka, String name, int receiverPort, StormSize size, Path folder)
      throws IOException {
    kafka.createTopic(name + ".alerts.dlq", 1, Map.of());
    kafka.createTopic(name + ".notifications", 1, Map.of("cleanup.policy", "compact"));
    kafka.createTopic(name + ".undelivered", 1, Map.of());
    Path file = folder.resolve(name + "-notifier.yaml");
    Files.writeString(file, yaml(kafka.bootstrapServers(), name, receiverPort, size));
    return Notifier.start(
        YamlLoader.ofProcess().loadOver("notifier.yaml", file, NotifierFile.class).toConfig());
  }

  private static String yaml(String kafka, String name, int receiverPort, StormSize size) {
    String routes =
        IntStream.range(0, StormSize.GROUPS)
            .mapToObj(line -> "    - {matchers: ['device_id=~\"line-%d-.*\"']}".formatted(line))
            .collect(Collectors.joining("\n"));
    return """
    kafka: {bootstrap_servers: "%1$s"}
    input: {topic: %2$s.alerts, group_id: %2$s-notifier, start: earliest}
    state: {notifications_topic: %2$s.notifications, undelivered_topic: %2$s.undelivered}
    http: {port: 0}
    targets: {allowed_hosts: ["127.0.0.1"], allowed_addresses: ["127.0.0.0/8"]}
    channels: [{name: web, webhook: {url: "http://127.0.0.1:%3$d/", headers: {}}}]
    receivers: [{name: all, channels: [web]}]
    route:
      receiver: all
      group_by: [alertname]
      group_wait: %4$ds
      group_interval: %5$ds
      routes:
    %6$s
    """
        .formatted(
            kafka,
            name,
            receiverPort,
            size.groupWaitSeconds(),
            size.groupIntervalSeconds(),
            routes);
  }
}
