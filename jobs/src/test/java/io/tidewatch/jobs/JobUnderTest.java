package io.tidewatch.jobs;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.YamlLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A production job on the embedded stack, in a space of its own. */
public final class JobUnderTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final JobSpace space;
  private final EmbeddedStack stack;
  private final JobID job;

  /** How a job is put together; what each {@code …Job.build} is. */
  @FunctionalInterface
  public interface Builder {
    void build(StreamExecutionEnvironment env, YamlLoader loader, Path file);
  }

  private JobUnderTest(
      EmbeddedStack stack, Builder builder, Path rules, String yaml, List<byte[]> input) {
    this.stack = stack;
    this.space = new JobSpace(stack);
    space.write(input);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration());
    builder.build(env, YamlLoader.ofProcess(), space.configFile(rules, yaml));
    this.job = stack.flink().submit(env);
  }

  /**
   * Writes the input, then starts the job.
   *
   * @param rules rule file
   * @param yaml see {@link JobSpace#configFile}
   */
  public static JobUnderTest start(
      EmbeddedStack stack, Builder builder, Path rules, String yaml, List<byte[]> input) {
    return new JobUnderTest(stack, builder, rules, yaml, input);
  }

  /** A file or folder of {@code flink-conf}. */
  public static Path shipped(String relative) {
    return JobSpace.shipped(relative);
  }

  public void write(List<byte[]> input) {
    space.write(input);
  }

  /** Waits until the job has read that many messages since it was started. */
  public void awaitRead(int messages) {
    space.awaitRead(job, messages, TIMEOUT);
  }

  /** Ends the stream: all windows fire, everything is written. */
  public void drain() {
    stack.flink().stopWithDrain(job, TIMEOUT);
  }

  public int restarts() {
    return stack.flink().restarts(job);
  }

  public JobID id() {
    return job;
  }

  public List<ConsumerRecord<byte[], byte[]>> input() {
    return space.topics.readAll(space.topic);
  }

  public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return space.topics.readAll(space.topic + ".dlq");
  }

  public List<ConsumerRecord<byte[], byte[]>> late() {
    return space.topics.readAll(space.topic + ".late");
  }

  public List<ConsumerRecord<byte[], byte[]>> alerts() {
    return space.topics.readAll(space.alertsTopic);
  }

  /** As {@link JobSpace#newestWindowEndMs}. */
  public long newestWindowEndMs(String from) throws SQLException {
    return space.newestWindowEndMs(from);
  }

  public Connection database() throws SQLException {
    return space.database();
  }
}
