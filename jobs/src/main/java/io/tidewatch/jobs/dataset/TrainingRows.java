package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.dataset.parquet.RowFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows of a data set in their order, which stay on disk: they are read again for each thing
 * that is asked of them.
 *
 * @param file need not be there when there is no row
 * @param features names of all, in the order of the vectors
 */
record TrainingRows(Path file, List<String> features, long count) {

  /** The staged rows; reads none of them. */
  static TrainingRows of(Path staged, List<String> features) throws IOException {
    Path file = staged.resolve(StagedRows.FILE);
    return new TrainingRows(file, features, Files.exists(file) ? RowFileReader.count(file) : 0);
  }

  /** Hands on all rows. */
  void forEach(RowFileReader.Rows rows) throws IOException {
    if (count > 0) {
      RowFileReader.read(file, features, rows);
    }
  }

  /** Hands on all rows without the values of their features. */
  void forEachWindow(RowFileReader.Rows rows) throws IOException {
    if (count > 0) {
      RowFileReader.readWindows(file, features, rows);
    }
  }

  /** The values of one feature; {@code NaN} where it is missing. */
  double[] column(String feature) throws IOException {
    return count > 0 ? RowFileReader.readColumn(file, features, feature) : new double[0];
  }
}
