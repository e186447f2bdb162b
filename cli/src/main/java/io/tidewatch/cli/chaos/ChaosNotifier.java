package io.tidewatch.cli.chaos;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.testkit.LoopbackPorts;
import io.tidewatch.testkit.chaos.InjectedFault;
import io.tidewatch.testkit.chaos.ProcessStack;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The notifier as a process of its own, supervised with the other servers, and the webhook that it
 * tells: a stand-in for that of a chat, which takes everything at once and remembers it.
 */
final class ChaosNotifier implements AutoCloseable {
  /** As a server, and as what a fault may meet. */
  static final String NAME = "notifier";

  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

  /** From the last alert event to the last message, a notifier that starts again included. */
  private static final Duration TELL_TIMEOUT = Duration.ofMinutes(2);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** Within which a notifier finds Kafka again, or has started again because it did not. */
  private static final Duration KAFKA_BACK = Duration.ofSeconds(20);

  private static final String MAIN = "io.tidewatch.cli.Tidewatch";
  private static final String READY = "metrics and health at port";
  private static final String KEY = "Idempotency-Key";

  private final HttpServer webhook;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int health = LoopbackPorts.free();
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final List<ToldPeople.Absence> absences = new ArrayList<>();

  /**
   * A message as the webhook got it.
   *
   * @param key the same for all attempts to deliver one message
   * @param atMs when it came, milliseconds since the epoch
   * @param body JSON
   */
  record Post(String key, long atMs, byte[] body) {}

  private ChaosNotifier() throws IOException {
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.setExecutor(threads);
    webhook.createContext("/", this::take);
    webhook.start();
  }

  /**
   * Makes the topics of the notifier and starts both.
   *
   * @param folder for its configuration and its log
   * @param alertTopic exists
   */
  static ChaosNotifier start(ProcessStack stack, Path folder, String alertTopic)
      throws IOException, ExecutionException, InterruptedException {
    createTopics(stack.bootstrapServers(), alertTopic);
    ChaosNotifier notifier = new ChaosNotifier();
    Path file =
        Files.writeString(
            folder.resolve("notifier.yaml"),
            """
            kafka: {bootstrap_servers: "%s"}
            input: {topic: "%s", start: earliest}
            http: {port: %d}
            targets: {allowed_hosts: [127.0.0.1], allowed_addresses: [127.0.0.1]}
            delivery: {burst: 100, every: PT0.01S}
            channels: [{name: webhook, webhook: {url: "http://127.0.0.1:%d/", headers: {}}}]
            receivers: [{name: everybody, channels: [webhook]}]
            route: {receiver: everybody, group_by: [...], group_wait: 0s, group_interval: 1s, repeat_interval: 1d}
            """
                .formatted(
                    stack.bootstrapServers(),
                    alertTopic,
                    notifier.health,
                    notifier.webhook.getAddress().getPort()));
    stack.supervisor().watch(new ServerProcess(NAME, command(file), log(folder), READY));
    notifier.awaitReady();
    return notifier;
  }

  private static List<String> command(Path file) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx192m",
        "-cp",
        System.getProperty("java.class.path"),
        MAIN,
        "notifier",
        "--config",
        file.toAbsolutePath().toString());
  }

  private static Path log(Path folder) {
    return folder.resolve(NAME + ".log");
  }

  private static void createTopics(String bootstrapServers, String alertTopic)
      throws ExecutionException, InterruptedException {
    List<NewTopic> topics =
        List.of(
            new NewTopic("tidewatch.notifications.v1", 1, (short) 1)
                .configs(Map.of("cleanup.policy", "compact")),
            new NewTopic("tidewatch.undelivered.v1", 1, (short) 1),
            new NewTopic(alertTopic + ".dlq", 1, (short) 1));
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      admin.createTopics(topics).all().get();
    }
  }

  /** Waits until the notifier does its work again, if a fault kept it from that, and notes it. */
  void awaitBack(InjectedFault fault) {
    switch (fault.fault().victim()) {
      case NAME -> {
        awaitReady();
        absences.add(new ToldPeople.Absence(fault.startMs(), System.currentTimeMillis()));
      }
      case ProcessStack.KAFKA ->
          absences.add(
              new ToldPeople.Absence(fault.startMs(), fault.endMs() + KAFKA_BACK.toMillis()));
      default -> {}
    }
  }

  private void awaitReady() {
    URI ready = URI.create("http://127.0.0.1:" + health + "/readyz");
    await("the notifier is ready")
        .atMost(START_TIMEOUT)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> ((HttpURLConnection) ready.toURL().openConnection()).getResponseCode() == 200);
  }

  /**
   * What people were told when there is nothing more to tell, or nothing came for long.
   *
   * @param written the alert events on the topic, and when they came to it
   */
  ToldPeople awaitTold(Map<ToldPeople.Event, Long> written) {
    long untilNs = System.nanoTime() + TELL_TIMEOUT.toNanos();
    ToldPeople told = ToldPeople.of(written, List.copyOf(posts), absences);
    while (!told.events().isExact() && System.nanoTime() < untilNs) {
      InjectedFault.pass(LOOK_EVERY);
      told = ToldPeople.of(written, List.copyOf(posts), absences);
    }
    return told;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      posts.add(
          new Post(
              String.valueOf(exchange.getRequestHeaders().getFirst(KEY)),
              System.currentTimeMillis(),
              body));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  /** Ends the webhook; the notifier is ended by its supervisor. */
  @Override
  public void close() {
    webhook.stop(0);
    threads.shutdownNow();
  }
}
