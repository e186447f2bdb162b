package io.tidewatch.jobs;

import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.testkit.TestDatabase;
import io.tidewatch.testkit.TopicClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Topics, a database and a configuration file that no other job of this JVM has. */
public final class JobSpace {
  private static final int PARTITIONS = 2;
  private static final String NO_FURTHER_TOPICS =
      ", state_topic: \"\", rules_topic: \"\", status_topic: \"\"}";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Those that have the topics that all jobs of a stack share. */
  private static final Set<EmbeddedStack> WITH_VECTORS = ConcurrentHashMap.newKeySet();

  public final String topic;
  public final String alertsTopic;
  public final TopicClient topics;
  private final String name = "t" + NUMBER.incrementAndGet();
  private final EmbeddedStack stack;
  private final TestDatabase database;

  public JobSpace(EmbeddedStack stack) {
    this(stack, null);
  }

  private JobSpace(EmbeddedStack stack, @Nullable String shippedTopic) {
    this.stack = stack;
    this.topics = new TopicClient(stack.kafka().bootstrapServers());
    this.topic = shippedTopic == null ? name + ".input" : shippedTopic;
    this.alertsTopic = shippedTopic == null ? name + ".alerts" : "tidewatch.alerts.v1";
    for (String each : List.of(topic, topic + ".dlq", topic + ".late", alertsTopic)) {
      stack.kafka().createTopic(each, PARTITIONS, Map.of());
    }
    if (WITH_VECTORS.add(stack)) {
      stack.kafka().createTopic("tidewatch.features.v1", PARTITIONS, Map.of());
      stack.kafka().createTopic("tidewatch.latency-windows.v1", PARTITIONS, Map.of());
      stack.kafka().createTopic("tidewatch.refused.v1", 1, Map.of());
    }
    this.database = TestDatabase.create(stack);
  }

  /** The space of a job that runs with the shipped configuration, at most one in a JVM. */
  public static JobSpace ofShippedConfiguration(EmbeddedStack stack, String topic) {
    for (String each : List.of("alert-state", "rules", "rule-status")) {
      stack
          .kafka()
          .createTopic("tidewatch." + each + ".v1", 1, Map.of("cleanup.policy", "compact"));
    }
    return new JobSpace(stack, topic);
  }

  /** What the shipped configuration takes from the environment. */
  public Map<String, String> environment() {
    return Map.of(
        "TIDEWATCH_KAFKA", stack.kafka().bootstrapServers(),
        "TIDEWATCH_JDBC_URL", database.jdbcUrl(),
        "TIDEWATCH_JDBC_USER", database.user());
  }

  /** A file or folder of {@code flink-conf}. */
  public static Path shipped(String relative) {
    return Path.of(System.getProperty("tidewatch.root", ".."))
        .resolve("flink-conf")
        .resolve(relative)
        .toAbsolutePath()
        .normalize();
  }

  /**
   * Writes the configuration of a job in this space.
   *
   * @param rules rule file
   * @param yaml further top-level keys; topics, database and, unless {@code event_time} is among
   *     them, a long idleness are set; further keys of the input as a line <code>input: {…}</code>,
   *     and of alerting likewise, without which its further topics are off
   */
  public Path configFile(Path rules, String yaml) {
    String input = "input: {topic: %s, group_id: %s".formatted(topic, name);
    boolean more = yaml.contains("input: {");
    String alerting =
        "alerting: {rules: %s, topic: %s".formatted(rules.toAbsolutePath(), alertsTopic);
    boolean moreAlerting = yaml.contains("alerting: {");
    String text =
        """
        kafka: {bootstrap_servers: "%s"}
        %s
        %s
        %s
        postgres: {url: "%s", user: %s}
        sink: {flush_interval: PT0.1S}
        %s
        """
            .formatted(
                stack.kafka().bootstrapServers(),
                more ? "" : input + "}",
                yaml.contains("event_time:") ? "" : "event_time: {idle_after: PT1H}",
                moreAlerting ? "" : alerting + NO_FURTHER_TOPICS,
                database.jdbcUrl(),
                database.user(),
                yaml.replace("input: {", input + ", ").replace("alerting: {", alerting + ", "));
    try {
      Path folder = Files.createDirectories(Path.of("target", "conf"));
      return Files.writeString(folder.resolve(name + ".yaml"), text).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes messages to the input topic, in turn to each of its partitions. */
  public void write(List<byte[]> input) {
    write(topic, input);
  }

  /** Writes messages to a topic of two partitions, in turn to each of them. */
  public void write(String topic, List<byte[]> input) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (byte[] value : input) {
      messages.add(new ProducerRecord<>(topic, messages.size() % PARTITIONS, null, value));
    }
    topics.writeAll(messages);
  }

  /** What a topic holds now; fails when a message is none of the decoder's. */
  public <T> List<T> decoded(String topic, MessageDecoder<T> decoder) {
    List<T> all = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : topics.readAll(topic)) {
      all.add(((Decoded.Ok<T>) decoder.decode(message.value())).value());
    }
    return all;
  }

  /** Waits until a job has read that many messages since it was started. */
  public void awaitRead(JobID job, int messages, Duration timeout) {
    await("messages read")
        .atMost(timeout)
        .pollInterval(Duration.ofMillis(50))
        .failFast(
            () -> {
              if (stack.flink().status(job).isGloballyTerminalState()) {
                throw new IllegalStateException(
                    "job ended", stack.flink().failureCause(job).orElse(null));
              }
            })
        .until(() -> InProcessMetrics.sum(job, "tidewatch.records_in_total") >= messages);
  }

  /**
   * End of the newest window in the database, milliseconds since the epoch, 0 when there is none.
   *
   * @param from table of windows, and, if not all of them count, a {@code WHERE}
   */
  public long newestWindowEndMs(String from) throws SQLException {
    try (Connection connection = database();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT coalesce(extract(epoch FROM max(window_end)) * 1000, 0)::bigint FROM "
                    + from)) {
      row.next();
      return row.getLong(1);
    }
  }

  public Connection database() throws SQLException {
    return database.connection();
  }
}
