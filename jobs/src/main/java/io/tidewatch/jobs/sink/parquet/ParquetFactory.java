package io.tidewatch.jobs.sink.parquet;

import io.tidewatch.jobs.columns.RowTable;
import io.tidewatch.jobs.parquet.ColumnFileWriter;
import java.io.IOException;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes the writer of a file, which has the columns of the model of its rows. */
final class ParquetFactory<T> implements BulkWriter.Factory<T> {
  private static final long serialVersionUID = 1;

  private final RowTable<T> table;

  ParquetFactory(RowTable<T> table) {
    this.table = table;
  }

  @Override
  public BulkWriter<T> create(FSDataOutputStream stream) {
    return new Writer<>(table, stream);
  }

  /** Rows of one folder, so of one model; the first of them says of which. */
  private static final class Writer<T> implements BulkWriter<T> {
    private final RowTable<T> table;
    private final FSDataOutputStream stream;
    private @Nullable ColumnFileWriter<T> open;

    Writer(RowTable<T> table, FSDataOutputStream stream) {
      this.table = table;
      this.stream = stream;
    }

    @Override
    public void addElement(T row) throws IOException {
      if (open == null) {
        open = new ColumnFileWriter<>(new StreamFile(stream), table.columns(table.model(row)));
      }
      open.write(row);
    }

    /** Nothing: a file of Parquet has no half. */
    @Override
    public void flush() {}

    @Override
    public void finish() throws IOException {
      if (open != null) {
        open.close();
      }
    }
  }
}
