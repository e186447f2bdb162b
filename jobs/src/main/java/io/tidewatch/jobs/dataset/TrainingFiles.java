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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a data set: {@code split=<part>/dt=<UTC day of the window's end>/part-00000.parquet},
 * {@code stats.json}, {@code scaler.json} where rows are scaled, and {@code _SUCCESS} last.
 */
final class TrainingFiles {
  private TrainingFiles() {}

  /**
   * @param folder empty
   */
  static void write(Path folder, TrainingSet set, DatasetStatistics statistics) throws IOException {
    Scaler scaler = set.scaler();
    FeatureScaling scaling =
        scaler == null ? null : FeatureScaling.of(scaler, set.columns().names());
    for (Part part : Part.values()) {
      Map<LocalDate, List<LabelledVector>> byDay = new TreeMap<>();
      for (LabelledVector row : set.parts().of(part)) {
        byDay.computeIfAbsent(day(row), day -> new ArrayList<>()).add(row);
      }
      for (Map.Entry<LocalDate, List<LabelledVector>> day : byDay.entrySet()) {
        Path of = folder.resolve("split=" + part.directory()).resolve("dt=" + day.getKey());
        Files.createDirectories(of);
        write(of.resolve("part-00000.parquet"), set.columns(), scaling, day.getValue());
      }
    }
    if (scaler != null) {
      Files.write(folder.resolve(FormerDataset.SCALER), ScalerCodec.encode(scaler));
    }
    Files.write(
        folder.resolve(FormerDataset.STATISTICS),
        new DatasetStatisticsEncoder().encode(statistics));
    Files.createFile(folder.resolve(FormerDataset.SUCCESS));
  }

  private static void write(
      Path file,
      FeatureColumns columns,
      @Nullable FeatureScaling scaling,
      List<LabelledVector> rows)
      throws IOException {
    try (RowFileWriter writer = new RowFileWriter(file, columns.names())) {
      for (LabelledVector row : rows) {
        double[] raw = columns.of(row.vector().features());
        if (scaling == null) {
          writer.write(row, raw, null);
        } else {
          writer.write(row, scaling.apply(raw), scaling.version());
        }
      }
    }
  }

  private static LocalDate day(LabelledVector row) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(row.vector().windowEndMs()), ZoneOffset.UTC);
  }
}
