package io.tidewatch.jobs.submit;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.ConfigFile;
import io.tidewatch.jobs.config.YamlLoader;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The way of a streaming job from its command line to Flink. */
public final class Submission {
  private Submission() {}

  /** How a job is put together, sources and sinks attached. */
  @FunctionalInterface
  public interface Builder {
    void build(StreamExecutionEnvironment env, YamlLoader loader, Path file);
  }

  /** What of Kafka is needed, as the files of a job say. */
  @FunctionalInterface
  public interface NeedsOf {
    KafkaNeeds needs(YamlLoader loader, Path file);
  }

  /**
   * Builds the job of the file that the arguments name, and hands it to Flink.
   *
   * @param name of the job
   * @throws ConfigException when the arguments are not {@code --config FILE}, the file cannot be
   *     used, a server does not let the job in, Kafka lacks a topic, or the job cannot go on from
   *     the state it is told to
   */
  public static void run(String[] args, String name, NeedsOf files, Builder job) throws Exception {
    ConfigFile.run(
        args,
        (loader, file) -> {
          KafkaAccess.require(files.needs(loader, file));
          StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
          job.build(env, loader, file);
          StartingState.require(name, env);
          env.execute(name);
        });
  }
}
