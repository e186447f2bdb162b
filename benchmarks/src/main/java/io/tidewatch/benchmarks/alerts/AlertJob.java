package io.tidewatch.benchmarks.alerts;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The telemetry job as it is shipped, but for the names of its topics and its database. */
final class AlertJob implements AutoCloseable {
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Bytes of a batch: that of busy producers. */
  private static final int BATCH = 64 << 10;

  private final EmbeddedStack stack;
  private final String name;
  private final Path file;
  private final KafkaProducer<byte[], byte[]> producer;
  private long written;
  private @Nullable JobID job;

  /**
   * Makes topics and database; the job is not started yet.
   *
   * @param name of no other job of the stack; letters and digits
   * @param conf the shipped configuration
   * @param folder for the file of the job
   */
  AlertJob(EmbeddedStack stack, String name, Path conf, Path folder) throws IOException {
    this.stack = stack;
    this.name = name;
    Map<String, String> brokerTime = Map.of("message.timestamp.type", "LogAppendTime");
    stack.kafka().createTopic(topic(), PARTITIONS, brokerTime);
    for (String each : new String[] {".telemetry.dlq", ".telemetry.late", ".features"}) {
      stack.kafka().createTopic(name + each, PARTITIONS, Map.of());
    }
    for (String each : new String[] {".alerts", ".refused"}) {
      stack.kafka().createTopic(name + each, 1, Map.of());
    }
    for (String each : new String[] {".alert-state", ".rules", ".rule-status"}) {
      stack.kafka().createTopic(name + each, 1, Map.of("cleanup.policy", "compact"));
    }
    this.file = Files.writeString(folder.resolve(name + ".yaml"), yaml(conf.toAbsolutePath()));
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private String yaml(Path conf) {
    String url = stack.database().jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
    try (Connection connection = stack.database().connection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the job", e);
    }
    return """
    kafka: {bootstrap_servers: "%2$s"}
    input: {topic: %1$s.telemetry, group_id: %1$s}
    models: %3$s/models
    features: {topic: %1$s.features}
    alerting:
      rules: %3$s/rules/telemetry.yaml
      topic: %1$s.alerts
      state_topic: %1$s.alert-state
      rules_topic: %1$s.rules
      status_topic: %1$s.rule-status
    postgres: {url: "%4$s", user: %5$s}
    sink: {refused_topic: %1$s.refused}
    """
        .formatted(name, bootstrapServers(), conf, url, stack.database().user());
  }

  String bootstrapServers() {
    return stack.kafka().bootstrapServers();
  }

  String name() {
    return name;
  }

  String alertsTopic() {
    return name + ".alerts";
  }

  private String topic() {
    return name + ".telemetry";
  }

  void start() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration());
    TelemetryJob.build(env, YamlLoader.ofProcess(), file);
    job = stack.flink().submit(env);
    stack.flink().awaitRunning(job, PATIENCE);
  }

  /**
   * Writes a message, to the partition of its device.
   *
   * @param device its number
   */
  void write(int device, byte[] message) {
    // Whatever was not written is missed when it is counted.
    Future<?> unused =
        producer.send(new ProducerRecord<>(topic(), device % PARTITIONS, null, message));
    written++;
  }

  /**
   * Waits until the broker has all messages.
   *
   * @throws IllegalStateException when it has not as many
   */
  void flush() {
    producer.flush();
    long there = stack.kafka().endOffsets(topic());
    if (there != written) {
      throw new IllegalStateException(
          "%s: must hold %d messages, was %d".formatted(topic(), written, there));
    }
  }

  /** Waits until so many messages were read; how many it were then. */
  long awaitRead(long messages) {
    return await("tidewatch.records_in_total", messages);
  }

  /** Waits until so many windows have fired. */
  void awaitWindows(long windows) {
    await("tidewatch.windows_total", windows);
  }

  private long await(String metric, long least) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (long is = metric(metric); ; is = metric(metric)) {
      if (is >= least) {
        return is;
      }
      check();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s: must reach %d within %s, was %d".formatted(metric, least, PATIENCE, is));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private long metric(String metric) {
    return job == null ? 0 : (long) InProcessMetrics.sum(job, metric);
  }

  /**
   * @throws IllegalStateException when the job does not run, was started anew, or has refused or
   *     late records
   */
  void check() {
    JobID running = job;
    if (running == null || stack.flink().status(running) != JobStatus.RUNNING) {
      throw new IllegalStateException("the job of " + name + " does not run");
    }
    if (stack.flink().restarts(running) > 0) {
      throw new IllegalStateException(
          "the job of " + name + " was started anew",
          stack.flink().failureCause(running).orElse(null));
    }
    long rejected = metric("tidewatch.rejected_total");
    long late = metric("tidewatch.late_total");
    if (rejected + late > 0) {
      throw new IllegalStateException(
          "%s: no record may be refused or late, was %d and %d".formatted(name, rejected, late));
    }
  }

  /** Ends the job. */
  @Override
  public void close() {
    producer.close();
    if (job != null) {
      stack.flink().cancel(job);
    }
  }
}
