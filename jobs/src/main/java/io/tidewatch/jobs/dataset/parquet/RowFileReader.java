package io.tidewatch.jobs.dataset.parquet;

import io.tidewatch.jobs.parquet.ZstdPages;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/**
 * Reads the files of {@link RowFileWriter}, in the order of their rows. Memory: what is asked for
 * of a row group, as it is in the file.
 */
public final class RowFileReader {
  private RowFileReader() {}

  /** Takes rows. */
  @FunctionalInterface
  public interface Rows {
    void accept(LabelledVector row) throws IOException;
  }

  @FunctionalInterface
  private interface Groups {
    void accept(Group group) throws IOException;
  }

  /** How many rows a file has; reads its end only. */
  public static long count(Path file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      return reader.getRecordCount();
    }
  }

  /**
   * Names of the features of a file, in the order of its columns; reads its end only.
   *
   * @throws IOException when it cannot be read, or is none of {@link RowFileWriter}
   */
  public static List<String> features(Path file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      MessageType found = reader.getFooter().getFileMetaData().getSchema();
      List<String> features = RowSchema.featuresOf(found);
      if (!found.equals(RowSchema.of(features))) {
        throw new IOException(file + ": must have the columns of a data set, had others");
      }
      return features;
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
   * Hands on all rows of a file; they have no revision and no count of records.
   *
   * @param features their names, in the order of the vectors
   * @throws IOException when it cannot be read, or has other columns
   */
  public static void read(Path file, List<String> features, Rows rows) throws IOException {
    groups(file, features, RowSchema.of(features), group -> rows.accept(row(group, features)));
  }

  /**
   * Hands on all rows, but without the values of their features, which are not read.
   *
   * @param features names of all
   * @throws IOException when it cannot be read, or has other columns
   */
  public static void readWindows(Path file, List<String> features, Rows rows) throws IOException {
    groups(file, features, RowSchema.of(List.of()), group -> rows.accept(row(group, List.of())));
  }

  /**
   * The values of one feature; {@code NaN} where it is missing.
   *
   * @param features names of all
   * @param feature one of them
   * @throws IOException when it cannot be read, or has other columns
   */
  public static double[] readColumn(Path file, List<String> features, String feature)
      throws IOException {
    double[] values = new double[Math.toIntExact(count(file))];
    int[] row = {0};
    groups(file, features, RowSchema.only(feature), group -> values[row[0]++] = value(group, 0));
    return values;
  }

  /** Hands on of each row the columns that are asked for. */
  private static void groups(Path file, List<String> features, MessageType asked, Groups groups)
      throws IOException {
    MessageType schema = RowSchema.of(features);
    try (ParquetFileReader reader = open(file)) {
      MessageType found = reader.getFooter().getFileMetaData().getSchema();
      if (!found.equals(schema)) {
        throw new IOException(
            "%s: must have the columns %s, had %s".formatted(file, schema, found));
      }
      reader.setRequestedSchema(asked);
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> records =
            new ColumnIOFactory()
                .getColumnIO(asked, schema)
                .getRecordReader(pages, new GroupRecordConverter(asked));
        for (long i = 0; i < pages.getRowCount(); i++) {
          groups.accept(records.read());
        }
      }
    }
  }

  private static LabelledVector row(Group group, List<String> features) {
    double[] values = new double[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(group, RowSchema.LEADING + i);
    }
    int label = RowSchema.LEADING + values.length;
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

  private static double value(Group group, int column) {
    return group.getFieldRepetitionCount(column) == 0 ? Double.NaN : group.getDouble(column, 0);
  }

  private static long timeMs(Group group, String column) {
    return TimeUnit.MICROSECONDS.toMillis(group.getLong(column, 0));
  }
}
