package io.tidewatch.jobs.dataset.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileReaderTest {
  private static final List<String> FEATURES = List.of("x_mean", "y_mean");

  @TempDir Path folder;
  private Path file;

  private static LabelledVector row(int number, double... features) {
    String label = number % 2 == 0 ? null : "l" + number;
    FeatureVector vector =
        new FeatureVector("m", "d" + number, number * 10L, number * 10L + 60, 0, features);
    return new LabelledVector(vector, number * 10L + 61, label);
  }

  private static double[] values(int number) {
    return new double[] {number % 3 == 0 ? Double.NaN : number / 7.0, -number};
  }

  @BeforeEach
  void writeRows() throws IOException {
    file = folder.resolve("rows.parquet");
    try (RowFileWriter writer = new RowFileWriter(file, FEATURES)) {
      for (int i = 0; i < 500; i++) {
        writer.write(row(i, values(i)));
      }
    }
  }

  @Test
  void rowsComeBackAsTheyWereInTheirOrder() throws IOException {
    List<LabelledVector> rows = new ArrayList<>();
    RowFileReader.read(file, FEATURES, rows::add);
    assertThat(rows).hasSize(500);
    for (int i = 0; i < 500; i++) {
      assertThat(rows.get(i)).isEqualTo(row(i, values(i)));
    }
    assertThat(RowFileReader.count(file)).isEqualTo(500);
  }

  @Test
  void windowsAreTheRowsWithoutValues() throws IOException {
    List<LabelledVector> rows = new ArrayList<>();
    RowFileReader.readWindows(file, FEATURES, rows::add);
    assertThat(rows).hasSize(500);
    for (int i = 0; i < 500; i++) {
      assertThat(rows.get(i)).isEqualTo(row(i));
    }
  }

  @Test
  void aColumnHasTheValuesOfOneFeatureAndNotANumberWhereThereIsNone() throws IOException {
    for (int feature = 0; feature < FEATURES.size(); feature++) {
      double[] column = RowFileReader.readColumn(file, FEATURES, FEATURES.get(feature));
      assertThat(column).hasSize(500);
      for (int i = 0; i < 500; i++) {
        assertThat(Double.valueOf(column[i])).isEqualTo(Double.valueOf(values(i)[feature]));
      }
    }
  }

  @Test
  void aFileWithOtherColumnsIsRefused() {
    assertThatThrownBy(() -> RowFileReader.readColumn(file, List.of("x_mean"), "x_mean"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must have the columns");
  }
}
