package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.dataset.parquet.RowFileReader;
import io.tidewatch.schemas.derived.FeatureVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A data set that {@link DatasetJob} made, read again: the rows of both parts, in their units. */
public final class StoredDataset {
  private final Path folder;
  private final List<Path> files;

  private StoredDataset(Path folder, List<Path> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Looks which files there are.
   *
   * @throws ConfigException when the folder is no data set, or its rows are normalised
   */
  public static StoredDataset open(Path folder) {
    if (!Files.isRegularFile(folder.resolve(FormerDataset.SUCCESS))) {
      throw new ConfigException(
          folder + ": must be a folder that `tidewatch dataset` made, had no _SUCCESS");
    }
    if (Files.exists(folder.resolve(FormerDataset.SCALER))) {
      throw new ConfigException(
          folder + ": must hold features in their units, are normalised (_scaler.json)");
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return new StoredDataset(
          folder, tree.filter(file -> file.toString().endsWith(".parquet")).sorted().toList());
    } catch (IOException e) {
      throw new ConfigException(folder + ": must be a folder that can be read (" + e + ")");
    }
  }

  /**
   * Hands on all rows; they have no revision and no count of records.
   *
   * @param names of the values of a row that is handed on, in their order
   * @throws ConfigException when a file cannot be read, or lacks one of them
   */
  public void read(List<String> names, Consumer<FeatureVector> rows) {
    for (Path file : files) {
      try {
        List<String> found = RowFileReader.features(file);
        int[] places = places(names, found);
        RowFileReader.read(file, found, row -> rows.accept(taken(row.vector(), places)));
      } catch (IOException e) {
        throw new ConfigException(folder + ": must hold files that can be read (" + e + ")");
      }
    }
  }

  private int[] places(List<String> names, List<String> found) {
    int[] places = new int[names.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = found.indexOf(names.get(i));
      if (places[i] < 0) {
        throw new ConfigException(
            "%s: must hold the features of the model, had no '%s'; a data set is made without those of the field of its label"
                .formatted(folder, names.get(i)));
      }
    }
    return places;
  }

  private static FeatureVector taken(FeatureVector row, int[] places) {
    double[] values = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = row.features()[places[i]];
    }
    return new FeatureVector(
        row.model(), row.deviceId(), row.windowStartMs(), row.windowEndMs(), row.records(), values);
  }
}
