package io.tidewatch.jobs.dataset.parquet;

import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** Reads the files of {@link RowFileWriter}. */
public final class RowFileReader {
  private RowFileReader() {}

  /** How many rows a file has; reads its end only. */
  public static long count(Path file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      return reader.getRecordCount();
    }
  }

  private static ParquetFileReader open(Path file) throws IOException {
    return ParquetFileReader.open(
        new LocalInputFile(file),
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new ZstdPages())
            .build());
  }

  /**
   * Hands on all rows of a file in their order; they have no revision and no count of records.
   *
   * @param features their names, in the order of the vectors
   * @throws IOException when it cannot be read, or has other columns
   */
  public static void read(Path file, List<String> features, Consumer<LabelledVector> rows)
      throws IOException {
    MessageType schema = RowSchema.of(features);
    try (ParquetFileReader reader = open(file)) {
      MessageType found = reader.getFooter().getFileMetaData().getSchema();
      if (!found.equals(schema)) {
        throw new IOException(
            "%s: must have the columns %s, had %s".formatted(file, schema, found));
      }
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> records =
            new ColumnIOFactory()
                .getColumnIO(schema)
                .getRecordReader(pages, new GroupRecordConverter(schema));
        for (long i = 0; i < pages.getRowCount(); i++) {
          rows.accept(row(records.read(), features.size()));
        }
      }
    }
  }

  private static LabelledVector row(Group group, int features) {
    double[] values = new double[features];
    for (int i = 0; i < features; i++) {
      int column = RowSchema.LEADING + i;
      values[i] =
          group.getFieldRepetitionCount(column) == 0 ? Double.NaN : group.getDouble(column, 0);
    }
    int label = RowSchema.LEADING + features;
    return new LabelledVector(
        new FeatureVector(
            group.getString(RowSchema.MODEL, 0),
            group.getString(RowSchema.DEVICE, 0),
            timeMs(group, RowSchema.WINDOW_START),
            timeMs(group, RowSchema.EVENT_TIMESTAMP),
            0,
            values),
        timeMs(group, RowSchema.CREATED_TIMESTAMP),
        group.getFieldRepetitionCount(label) == 0 ? null : group.getString(label, 0));
  }

  private static long timeMs(Group group, String column) {
    return TimeUnit.MICROSECONDS.toMillis(group.getLong(column, 0));
  }
}
