package io.tidewatch.jobs.dataset.parquet;

import io.tidewatch.jobs.parquet.ColumnFileWriter;
import io.tidewatch.schemas.dataset.LabelledVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.io.LocalOutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file; what is there of that name is overwritten. Equal rows give equal bytes. The file
 * cannot be read before it is closed.
 */
public final class RowFileWriter implements AutoCloseable {
  private final ColumnFileWriter<Row> writer;

  /**
   * A row as it stands in a file.
   *
   * @param features instead of those of the vector
   * @param scalerVersion of the scaler that made them; null where they are not scaled
   */
  record Row(LabelledVector labelled, double[] features, @Nullable String scalerVersion) {}

  /**
   * @param features their names, in the order of the vectors
   * @throws IOException when it cannot be written
   */
  public RowFileWriter(Path file, List<String> features) throws IOException {
    this.writer = new ColumnFileWriter<>(new LocalOutputFile(file), RowSchema.columns(features));
  }

  /** Writes a row that is not scaled. */
  public void write(LabelledVector row) throws IOException {
    writer.write(new Row(row, row.vector().features(), null));
  }

  /**
   * Writes a row.
   *
   * @param features instead of those of the vector
   * @param scalerVersion of the scaler that made them; null where they are not scaled
   */
  public void write(LabelledVector row, double[] features, @Nullable String scalerVersion)
      throws IOException {
    writer.write(new Row(row, features, scalerVersion));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
