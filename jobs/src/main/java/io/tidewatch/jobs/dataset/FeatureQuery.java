package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.CorrelationMatrix;
import io.tidewatch.analytics.dataset.Selection.Verdict;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.dataset.ColumnSummary;
import io.tidewatch.schemas.dataset.FeatureMatrix;
import io.tidewatch.schemas.dataset.FeatureMetadata;
import io.tidewatch.schemas.dataset.FeatureSummary;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Answers from the rows of a data set without writing one. Rows are made and staged as {@link
 * DatasetJob} does, but in a folder of the system for what is temporary, which is gone afterwards;
 * task managers must reach it, so it is for clusters in this process. Values are raw. Of the
 * configuration, target, split, normalisation and constant columns are not looked at; a label may
 * have one class or none.
 *
 * <p>Memory: for {@link #extract} all rows and their document, for {@link #stats} what {@link
 * TrainingSet} says; where that is more than there is, the question is refused.
 */
public final class FeatureQuery {
  private final StreamExecutionEnvironment env;
  private final DatasetFiles files;
  private final StoredTelemetry source;
  private final FeatureColumns columns;
  private final Clock clock;

  /**
   * @param given over the file, values by key at its top
   * @param clock for {@code created_at}
   * @throws ConfigException when the configuration cannot be used
   */
  public FeatureQuery(
      StreamExecutionEnvironment env,
      YamlLoader loader,
      Path file,
      Map<String, ?> given,
      Clock clock) {
    this.env = env;
    this.files = DatasetFiles.load(loader, file, given);
    this.source = files.open();
    this.columns = FeatureColumns.of(files.model(), files.labelRule());
    this.clock = clock;
  }

  /** Makes an answer of all rows. */
  @FunctionalInterface
  private interface Answer<T> {
    T of(TrainingRows rows, Survey survey, FeatureMetadata metadata) throws IOException;
  }

  /**
   * All windows of the range with their features.
   *
   * @param maxRows more windows than these are refused before they are in memory
   * @throws ConfigException when there are more, or none
   */
  public FeatureMatrix extract(long maxRows) throws Exception {
    return answer(
        maxRows,
        HeapRoom.ofAnswer(columns.names().size()),
        (rows, survey, metadata) -> matrix(rows, metadata));
  }

  /**
   * Statistics of the features over all windows of the range.
   *
   * @throws ConfigException when there are none
   */
  public FeatureSummary stats() throws Exception {
    return answer(Long.MAX_VALUE, HeapRoom.OF_COLUMNS, this::summary);
  }

  /**
   * Hands on all windows of the range with all features of the model, by their end.
   *
   * @return whence they are
   * @throws ConfigException when there are none
   */
  public FeatureMetadata windows(Consumer<FeatureVector> windows) throws Exception {
    return answer(
        Long.MAX_VALUE,
        HeapRoom.OF_COLUMNS,
        (rows, survey, metadata) -> {
          rows.forEach(row -> windows.accept(row.vector()));
          return metadata;
        });
  }

  private <T> T answer(long maxRows, long bytesARow, Answer<T> answer) throws Exception {
    Path staged = Files.createTempDirectory("tidewatch-features");
    try {
      ReadCounts counts = DatasetJob.stage(env, files, source, columns, staged);
      TrainingRows rows = TrainingRows.of(staged, columns.all());
      requireFew(rows.count(), maxRows);
      HeapRoom.require(rows.count(), bytesARow, HeapRoom.ofProcess(), files);
      Survey survey = Survey.of(rows);
      survey.requireWindows(files, counts);
      FeatureMetadata metadata =
          new FeatureMetadata(
              DatasetJob.origin(files, source, survey, clock),
              files.model(),
              files.label(),
              counts.of(Verdict.SELECTED),
              counts.rejected(),
              rows.count());
      return answer.of(rows, survey, metadata);
    } finally {
      DatasetFolder.delete(staged);
    }
  }

  private void requireFew(long windows, long maxRows) {
    if (windows > maxRows) {
      throw files.refused(
          "--max-rows: must be ≥ the windows of the range (%d), was %d; narrow from and to, or raise it"
              .formatted(windows, maxRows));
    }
  }

  private FeatureMatrix matrix(TrainingRows rows, FeatureMetadata metadata) throws IOException {
    List<LabelledVector> all = new ArrayList<>();
    rows.forEach(row -> all.add(ofColumns(row)));
    return new FeatureMatrix(metadata, columns.names(), all);
  }

  private LabelledVector ofColumns(LabelledVector row) {
    FeatureVector all = row.vector();
    return new LabelledVector(
        new FeatureVector(
            all.model(),
            all.deviceId(),
            all.windowStartMs(),
            all.windowEndMs(),
            all.records(),
            columns.of(all.features())),
        row.createdMs(),
        row.label());
  }

  private FeatureSummary summary(TrainingRows rows, Survey survey, FeatureMetadata metadata)
      throws IOException {
    Map<String, ColumnSummary> features = new LinkedHashMap<>();
    for (String name : columns.names()) {
      features.put(name, TrainingSet.statistics(rows.column(name)));
    }
    CorrelationMatrix correlation = new CorrelationMatrix(columns.names().size());
    rows.forEach(row -> correlation.add(columns.of(row.vector().features())));
    return new FeatureSummary(metadata, survey.classes(), features, correlation.correlation());
  }
}
