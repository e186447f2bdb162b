package io.tidewatch.jobs.sink.parquet;

import io.tidewatch.jobs.columns.RowTable;
import io.tidewatch.jobs.config.ParquetConfig;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * Rows to files of Parquet, exactly once: a checkpoint ends all open files, and gives them their
 * names when it is complete. Until then they begin with a dot, and no reader takes them for data;
 * what was written since the last checkpoint before a failure stays behind under such a name.
 *
 * <p>Below the configured folder: {@code <table>/model=<model>/dt=<UTC day>/part-….parquet},
 * without {@code model=…} where rows have none. The model is in the name of the folder only, as
 * readers of partitioned files expect it.
 *
 * <p>Each row that is told is a row there: a correction stands beside what it corrects, with a
 * higher {@code revision}.
 */
public final class ParquetFiles {
  private ParquetFiles() {}

  public static <T> Sink<T> sink(ParquetConfig config, RowTable<T> table) {
    return FileSink.forBulkFormat(
            new Path(new Path(config.path()), table.name()), new ParquetFactory<>(table))
        .withBucketAssigner(new DayFolders<>(table))
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .withOutputFileConfig(new OutputFileConfig("part", ".parquet"))
        .build();
  }
}
