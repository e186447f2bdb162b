package io.tidewatch.jobs;

import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.testkit.TopicClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A production job on the embedded stack, with topics and a database of its own. */
public final class JobUnderTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  /** Names that no other job under test of this JVM has. */
  private static int number;

  public final String topic;
  public final String alertsTopic;
  public final String jdbcUrl;
  private final EmbeddedStack stack;
  private final TopicClient topics;
  private final JobID job;

  /** How a job is put together; what each {@code …Job.build} is. */
  @FunctionalInterface
  public interface Builder {
    void build(StreamExecutionEnvironment env, YamlLoader loader, Path file);
  }

  private JobUnderTest(
      EmbeddedStack stack, Builder builder, Path rules, String yaml, List<byte[]> input) {
    String name = "t" + ++number;
    this.stack = stack;
    this.topics = new TopicClient(stack.kafka().bootstrapServers());
    this.topic = name + ".input";
    this.alertsTopic = name + ".alerts";
    for (String each : List.of(topic, topic + ".dlq", topic + ".late", alertsTopic)) {
      stack.kafka().createTopic(each, 2, Map.of());
    }
    try (Connection connection = stack.database().connection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    this.jdbcUrl = stack.database().jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
    write(input);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration());
    builder.build(env, YamlLoader.ofProcess(), configFile(name, rules, yaml));
    this.job = stack.flink().submit(env);
  }

  /**
   * Writes the input, then starts the job.
   *
   * @param rules rule file
   * @param yaml further top-level keys; topics, database and a long idleness are set
   */
  public static JobUnderTest start(
      EmbeddedStack stack, Builder builder, Path rules, String yaml, List<byte[]> input) {
    return new JobUnderTest(stack, builder, rules, yaml, input);
  }

  private Path configFile(String name, Path rules, String yaml) {
    String text =
        """
        kafka: {bootstrap_servers: "%s"}
        input: {topic: %s, group_id: %s}
        event_time: {idle_after: PT1H}
        alerting: {rules: %s, topic: %s}
        postgres: {url: "%s", user: %s, flush_interval: PT0.1S}
        %s
        """
            .formatted(
                stack.kafka().bootstrapServers(),
                topic,
                name,
                rules.toAbsolutePath(),
                alertsTopic,
                jdbcUrl,
                stack.database().user(),
                yaml);
    try {
      Path folder = Files.createDirectories(Path.of("target", "conf"));
      return Files.writeString(folder.resolve(name + ".yaml"), text).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file or folder of {@code flink-conf}. */
  public static Path shipped(String relative) {
    return Path.of(System.getProperty("tidewatch.root", ".."))
        .resolve("flink-conf")
        .resolve(relative)
        .toAbsolutePath()
        .normalize();
  }

  /** Writes messages round robin over the partitions by their position. */
  public void write(List<byte[]> input) {
    topics.writeAll(
        input.stream().map(value -> new ProducerRecord<byte[], byte[]>(topic, value)).toList());
  }

  /** Waits until the job has read that many messages since it was started. */
  public void awaitRead(int messages) {
    await("messages read")
        .atMost(TIMEOUT)
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

  /** Ends the stream: all windows fire, everything is written. */
  public void drain() {
    stack.flink().stopWithDrain(job, TIMEOUT);
    stack.flink().awaitEnd(job, TIMEOUT);
  }

  public int restarts() {
    return stack.flink().restarts(job);
  }

  public JobID id() {
    return job;
  }

  public List<ConsumerRecord<byte[], byte[]>> input() {
    return topics.readAll(topic);
  }

  public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return topics.readAll(topic + ".dlq");
  }

  public List<ConsumerRecord<byte[], byte[]>> late() {
    return topics.readAll(topic + ".late");
  }

  public List<ConsumerRecord<byte[], byte[]>> alerts() {
    return topics.readAll(alertsTopic);
  }

  public Connection database() throws SQLException {
    return DriverManager.getConnection(jdbcUrl);
  }

  /** The number a query gives. */
  public long count(String sql) throws SQLException {
    try (Connection connection = database();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
