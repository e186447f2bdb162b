package io.tidewatch.jobs.savepoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.JobSpace;
import io.tidewatch.jobs.JobUnderTest;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.submit.StartingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Topics of given names and a database, on which a job is started again and again. */
final class FixtureSpace {
  static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final int PARTITIONS = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedStack stack;
  private final String name;
  private final Path config;
  private final JobSpace database;

  FixtureSpace(EmbeddedStack stack, String name, Path config) {
    this(stack, name, config, new JobSpace(stack));
    for (String each : List.of("input", "input.dlq", "input.late", "alerts", "vectors")) {
      stack.kafka().createTopic(topic(each), PARTITIONS, Map.of());
    }
    for (String each : List.of("windows", "windows.dlq", "models.dlq", "scalers.dlq")) {
      stack.kafka().createTopic(topic(each), 1, Map.of());
    }
    for (String each : List.of("scores", "refused")) {
      stack.kafka().createTopic(topic(each), 1, Map.of());
    }
    for (String each : List.of("alert-state", "rules", "rule-status", "models", "scalers")) {
      stack.kafka().createTopic(topic(each), 1, Map.of("cleanup.policy", "compact"));
    }
  }

  private FixtureSpace(EmbeddedStack stack, String name, Path config, JobSpace database) {
    this.stack = stack;
    this.name = name;
    this.config = config;
    this.database = database;
  }

  /** The same topics and database with another configuration. */
  FixtureSpace with(Path other) {
    return new FixtureSpace(stack, name, other, database);
  }

  String topic(String suffix) {
    return name + "." + suffix;
  }

  Path config() {
    return config;
  }

  YamlLoader loader() {
    Map<String, String> variables = new HashMap<>(database.environment());
    variables.put("SPACE", name);
    return new YamlLoader(variables::get);
  }

  /** Where the job is put together, with all of a savepoint in one file. */
  StreamExecutionEnvironment environment(@Nullable String savepoint, int parallelism) {
    Configuration flink = stack.flink().configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    flink.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return StreamExecutionEnvironment.getExecutionEnvironment(flink);
  }

  JobID start(JobUnderTest.Builder job, @Nullable String savepoint, int parallelism) {
    StreamExecutionEnvironment env = environment(savepoint, parallelism);
    job.build(env, loader(), config);
    StartingState.require(name, env);
    return stack.flink().submit(env);
  }

  /** A savepoint of a job that ends with it, and tells nothing behind it. */
  String stop(JobID job) {
    return stack.flink().stop(job, TIMEOUT);
  }

  void drain(JobID job) {
    stack.flink().awaitRunning(job, TIMEOUT);
    stack.flink().stopWithDrain(job, TIMEOUT);
  }

  void write(List<ProducerRecord<byte[], byte[]>> messages) {
    database.topics.writeAll(messages);
  }

  void write(String suffix, String key, byte[] value) {
    write(List.of(new ProducerRecord<>(topic(suffix), key.getBytes(UTF_8), value)));
  }

  /** Writes messages to a topic of two partitions, in turn to each of them. */
  void write(String suffix, List<byte[]> values) {
    database.write(topic(suffix), values);
  }

  List<ConsumerRecord<byte[], byte[]>> read(String suffix) {
    return database.topics.readAll(topic(suffix));
  }

  List<JsonNode> readJson(String suffix) {
    List<JsonNode> all = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : read(suffix)) {
      try {
        all.add(JSON.readTree(message.value()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  List<String> alertIds() {
    return readJson("alerts").stream().map(event -> event.get("event_id").textValue()).toList();
  }

  /** Waits until a job has read that many messages since it was started. */
  void awaitRead(JobID job, int messages) {
    database.awaitRead(job, messages, TIMEOUT);
  }

  /**
   * Waits until the database has a window that ends then or later, milliseconds since the epoch.
   *
   * @param from see {@link JobSpace#newestWindowEndMs}
   */
  void awaitWindow(String from, long endMs) {
    await("windows of " + from)
        .atMost(TIMEOUT)
        .until(() -> database.newestWindowEndMs(from) >= endMs);
  }

  void awaitMessages(String suffix, int count) {
    await(count + " messages of " + suffix)
        .atMost(TIMEOUT)
        .until(() -> stack.kafka().endOffsets(topic(suffix)) >= count);
  }

  Connection database() throws SQLException {
    return database.database();
  }
}
