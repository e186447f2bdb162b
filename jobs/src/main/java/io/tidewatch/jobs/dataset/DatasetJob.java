package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.dataset.DatasetOrigin;
import io.tidewatch.schemas.dataset.Part;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Makes a data set: {@code --config flink-conf/jobs/dataset.yaml}, and options over it. Rows are
 * made and put in order by the cluster; this process, which waits for them, splits them, fits, and
 * writes the files. It and the task managers must reach the target and the files that are read
 * under the same paths.
 */
public final class DatasetJob {
  public static final String NAME = "tidewatch-dataset";

  private DatasetJob() {}

  /** What was made. */
  public record Result(Path target, long train, long validation, long embargo, String read) {}

  public static void main(String[] args) throws Exception {
    DatasetOptions options = DatasetOptions.parse(args);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    run(env, YamlLoader.ofProcess(), options.config(), options.given(), Clock.systemUTC());
  }

  /**
   * Makes the data set and returns when it is there.
   *
   * @param given over the file, values by key at its top
   * @param clock for {@code created_at}
   * @throws ConfigException when it cannot be made; the target is as it was then
   */
  public static Result run(
      StreamExecutionEnvironment env,
      YamlLoader loader,
      Path file,
      Map<String, ?> given,
      Clock clock)
      throws Exception {
    DatasetFiles files = DatasetFiles.load(loader, file, given);
    StoredTelemetry source = files.open();
    FeatureColumns columns = FeatureColumns.of(files.model(), files.labelRule());
    try (DatasetFolder folder = open(files)) {
      ReadCounts counts = stage(env, files, source, columns, folder.staged());
      TrainingRows rows = TrainingRows.of(folder.staged(), columns.all());
      HeapRoom.require(rows.count(), HeapRoom.OF_COLUMNS, HeapRoom.ofProcess(), files);
      Survey survey = Survey.of(rows);
      survey.requireUsable(files, counts);
      TrainingSet set = TrainingSet.of(rows, survey, files, columns);
      DatasetOrigin origin = origin(files, source, survey, clock);
      TrainingFiles.write(folder.next(), rows, set, set.statistics(files, origin, counts));
      folder.publish();
      return new Result(
          files.target(),
          set.parts().count(Part.TRAIN),
          set.parts().count(Part.VALIDATION),
          set.parts().embargo(),
          counts.toString());
    }
  }

  private static DatasetFolder open(DatasetFiles files) {
    try {
      return DatasetFolder.open(files.target());
    } catch (ConfigException e) {
      throw files.refused(String.valueOf(e.getMessage()));
    }
  }

  /** The whole job, ready to execute. */
  static void build(
      StreamExecutionEnvironment env,
      DatasetFiles files,
      StoredTelemetry source,
      FeatureColumns columns,
      Path staged) {
    env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    DatasetTopology.define(source.read(env), files.models(), files.selection(), files.labelRule())
        .sinkTo(new StagedRows(staged, columns.all()))
        .setParallelism(1) // or rows would lose their order
        .uid(DatasetUids.STAGED_SINK)
        .name(DatasetUids.STAGED_SINK);
  }

  /**
   * Makes the rows and returns when all are staged.
   *
   * @param staged empty
   */
  static ReadCounts stage(
      StreamExecutionEnvironment env,
      DatasetFiles files,
      StoredTelemetry source,
      FeatureColumns columns,
      Path staged)
      throws Exception {
    build(env, files, source, columns, staged);
    return execute(env);
  }

  private static ReadCounts execute(StreamExecutionEnvironment env) throws Exception {
    try {
      JobExecutionResult result = env.executeAsync(NAME).getJobExecutionResult().get();
      return ReadCounts.of(result.getAllAccumulatorResults());
    } catch (ExecutionException e) {
      Throwable deepest = e;
      while (deepest.getCause() != null) {
        deepest = deepest.getCause();
      }
      throw new IllegalStateException("the job failed: " + deepest.getMessage(), e);
    }
  }

  /** Whence rows are. */
  static DatasetOrigin origin(
      DatasetFiles files, StoredTelemetry source, Survey survey, Clock clock) {
    DatasetConfig config = files.config();
    Instant from = DatasetConfig.time("from", config.from());
    Instant to = DatasetConfig.time("to", config.to());
    return new DatasetOrigin(
        CodeVersion.read(),
        clock.instant(),
        DatasetConfig.time("as_of", config.asOf()),
        from == null ? Instant.ofEpochMilli(survey.firstStartMs()) : from,
        to == null ? Instant.ofEpochMilli(survey.lastEndMs()) : to,
        survey.devices(),
        source.pieces());
  }
}
