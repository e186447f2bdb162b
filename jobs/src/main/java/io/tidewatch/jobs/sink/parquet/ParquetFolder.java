package io.tidewatch.jobs.sink.parquet;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.ParquetConfig;
import java.io.IOException;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** The folder of the configuration, looked at where the job is submitted. */
public final class ParquetFolder {
  private ParquetFolder() {}

  /**
   * Makes the folder and a file in it, which is deleted again.
   *
   * @throws ConfigException when the path is none, that cannot be done, or its file system cannot
   *     hold a file back until a checkpoint
   */
  public static void requireWritable(ParquetConfig config) {
    try {
      Path folder = new Path(config.path());
      // a name that no reader takes for data, should deleting fail
      Path trial = new Path(folder, ".tidewatch-" + UUID.randomUUID());
      FileSystem files = folder.getFileSystem();
      files.createRecoverableWriter();
      if (!files.mkdirs(folder)) {
        throw new IOException("the folder cannot be made");
      }
      files.create(trial, FileSystem.WriteMode.NO_OVERWRITE).close();
      files.delete(trial, false);
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new ConfigException(
          "parquet.path: must be a folder in which files can be made, was '%s' (%s)"
              .formatted(config.path(), e.getMessage()));
    }
  }
}
