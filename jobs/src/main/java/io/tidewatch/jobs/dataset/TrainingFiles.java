package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.scale.FeatureScaling;
import io.tidewatch.jobs.dataset.parquet.RowFileWriter;
import io.tidewatch.schemas.codec.DatasetStatisticsEncoder;
import io.tidewatch.schemas.codec.ScalerCodec;
import io.tidewatch.schemas.dataset.DatasetStatistics;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.dataset.Part;
import io.tidewatch.schemas.scale.Scaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a data set: {@code split=<part>/dt=<UTC day of the window's end>/part-00000.parquet},
 * {@code _stats.json}, {@code _scaler.json} where rows are scaled, and {@code _SUCCESS} last.
 */
final class TrainingFiles {
  private TrainingFiles() {}

  /**
   * @param folder empty
   */
  static void write(Path folder, TrainingRows rows, TrainingSet set, DatasetStatistics statistics)
      throws IOException {
    Scaler scaler = set.scaler();
    FeatureScaling scaling =
        scaler == null ? null : FeatureScaling.of(scaler, set.columns().names());
    try (DayFiles train = new DayFiles(folder, Part.TRAIN, set.columns().names());
        DayFiles validation = new DayFiles(folder, Part.VALIDATION, set.columns().names())) {
      set.parts()
          .forEach(
              rows,
              (part, row) -> {
                double[] raw = set.columns().of(row.vector().features());
                DayFiles of = part == Part.TRAIN ? train : validation;
                if (scaling == null) {
                  of.write(row, raw, null);
                } else {
                  of.write(row, scaling.apply(raw), scaling.version());
                }
              });
    }
    if (scaler != null) {
      Files.write(folder.resolve(FormerDataset.SCALER), ScalerCodec.encode(scaler));
    }
    Files.write(
        folder.resolve(FormerDataset.STATISTICS),
        new DatasetStatisticsEncoder().encode(statistics));
    Files.createFile(folder.resolve(FormerDataset.SUCCESS));
  }

  /** The files of a part: rows come by the end of their window, so one file is open at a time. */
  private static final class DayFiles implements AutoCloseable {
    private final Path folder;
    private final List<String> features;
    private @Nullable LocalDate day;
    private @Nullable RowFileWriter open;

    DayFiles(Path dataset, Part part, List<String> features) {
      this.folder = dataset.resolve("split=" + part.directory());
      this.features = features;
    }

    void write(LabelledVector row, double[] values, @Nullable String scalerVersion)
        throws IOException {
      LocalDate ofRow =
          LocalDate.ofInstant(Instant.ofEpochMilli(row.vector().windowEndMs()), ZoneOffset.UTC);
      RowFileWriter writer = open;
      if (writer == null || !ofRow.equals(day)) {
        close();
        Path ofDay = Files.createDirectories(folder.resolve("dt=" + ofRow));
        writer = new RowFileWriter(ofDay.resolve("part-00000.parquet"), features);
        open = writer;
        day = ofRow;
      }
      writer.write(row, values, scalerVersion);
    }

    @Override
    public void close() throws IOException {
      if (open != null) {
        RowFileWriter closed = open;
        open = null;
        closed.close();
      }
    }
  }
}
