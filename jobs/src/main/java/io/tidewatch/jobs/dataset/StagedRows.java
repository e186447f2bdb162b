package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.dataset.parquet.RowFileWriter;
import io.tidewatch.schemas.dataset.LabelledVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/**
 * Raw rows to one file, by one subtask, so in the order in which they come, in a folder that all
 * processes reach and nobody else looks at. A subtask that begins again after a failure overwrites
 * the file; one without a row leaves none.
 */
final class StagedRows implements Sink<LabelledVector> {
  private static final long serialVersionUID = 1;

  static final String FILE = "rows.parquet";

  private final String folder;
  private final ArrayList<String> features;

  StagedRows(Path folder, List<String> features) {
    this.folder = folder.toString();
    this.features = new ArrayList<>(features);
  }

  @Override
  public SinkWriter<LabelledVector> createWriter(WriterInitContext context) {
    int subtasks = context.getTaskInfo().getNumberOfParallelSubtasks();
    if (subtasks != 1) {
      throw new IllegalStateException(
          "staged rows: must come from one subtask, came from " + subtasks);
    }
    return new Writer(Path.of(folder, FILE), features);
  }

  private static final class Writer implements SinkWriter<LabelledVector> {
    private final Path file;
    private final List<String> features;
    private @Nullable RowFileWriter open;

    Writer(Path file, List<String> features) {
      this.file = file;
      this.features = features;
    }

    @Override
    public void write(LabelledVector row, Context context) throws IOException {
      if (open == null) {
        open = new RowFileWriter(file, features);
      }
      open.write(row);
    }

    /** The end of a file is written with the last row; in batch mode nothing is asked before. */
    @Override
    public void flush(boolean endOfInput) throws IOException {
      if (endOfInput) {
        closeFile();
      }
    }

    @Override
    public void close() throws IOException {
      closeFile();
    }

    private void closeFile() throws IOException {
      if (open != null) {
        RowFileWriter closed = open;
        open = null;
        closed.close();
      }
    }
  }
}
