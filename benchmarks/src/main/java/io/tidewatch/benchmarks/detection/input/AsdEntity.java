package io.tidewatch.benchmarks.detection.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A server of the Application Server Dataset, or of a set of its layout: {@code <name>_train.csv}
 * with one column a metric, {@code <name>_test.csv} with {@code label} behind them, rows in order
 * of time.
 *
 * @param train rows without labels
 * @param test the rows that follow
 */
public record AsdEntity(String name, LabelledRows train, LabelledRows test) {
  private static final String TRAIN = "_train";
  private static final String TEST = "_test";

  /**
   * All of a folder.
   *
   * @return ordered by name
   * @throws IllegalArgumentException when one is malformed or there is none; one line
   */
  public static List<AsdEntity> read(Path folder) throws IOException {
    SortedMap<String, Path> tables = LabelledRows.tables(folder);
    List<AsdEntity> entities = new ArrayList<>();
    for (var file : tables.entrySet()) {
      if (file.getKey().endsWith(TEST)) {
        String name = file.getKey().substring(0, file.getKey().length() - TEST.length());
        Path train = tables.get(name + TRAIN);
        if (train == null) {
          throw new IllegalArgumentException(
              "%s: must have %s.csv or .csv.gz beside it".formatted(file.getValue(), name + TRAIN));
        }
        entities.add(entity(name, CsvTable.read(train), CsvTable.read(file.getValue())));
      }
    }
    if (entities.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: must hold <name>_train.csv and <name>_test.csv, or .csv.gz, held none"
              .formatted(folder));
    }
    return List.copyOf(entities);
  }

  private static AsdEntity entity(String name, CsvTable train, CsvTable test) {
    LabelledRows tested = LabelledRows.labelled(name, test);
    if (!train.header().equals(tested.features())) {
      throw train.malformedHeader(String.join(",", tested.features()) + " as in " + test.file());
    }
    return new AsdEntity(name, LabelledRows.unlabelled(name, train), tested);
  }
}
