package io.tidewatch.benchmarks.detection.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rows of features, some of which are known to be anomalous.
 *
 * @param name of the file, without its ending
 * @param features names of the columns
 * @param rows one value a feature, {@code NaN} where one is missing
 * @param anomalous whether a row is; none where the file has no labels
 */
public record LabelledRows(
    String name, List<String> features, double[][] rows, boolean[] anomalous) {
  static final String LABEL = "label";

  /** How many rows are anomalous. */
  public int anomalies() {
    int anomalies = 0;
    for (boolean each : anomalous) {
      anomalies += each ? 1 : 0;
    }
    return anomalies;
  }

  /**
   * All sets of a folder laid out as ADBench's: one file each, its last column {@code label}, 1 for
   * an anomaly, 0 for none.
   *
   * @return ordered by name
   * @throws IllegalArgumentException when one is malformed or there is none; one line
   */
  public static List<LabelledRows> adbench(Path folder) throws IOException {
    List<LabelledRows> sets = new ArrayList<>();
    for (var file : tables(folder).entrySet()) {
      sets.add(labelled(file.getKey(), CsvTable.read(file.getValue())));
    }
    if (sets.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: must hold sets, <name>.csv or .csv.gz, held none".formatted(folder));
    }
    return List.copyOf(sets);
  }

  /** The tables in a folder itself by their name without ending, in order. */
  static SortedMap<String, Path> tables(Path folder) throws IOException {
    SortedMap<String, Path> tables = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(CsvTable::isTable).toList()) {
        Path twin = tables.put(CsvTable.stem(folder.relativize(file)), file);
        if (twin != null) {
          throw new IllegalArgumentException(
              "%s: must be there once, was as %s too".formatted(file, twin.getFileName()));
        }
      }
    }
    return tables;
  }

  /** Rows whose last column says whether they are anomalous; some are, some are not. */
  static LabelledRows labelled(String name, CsvTable table) {
    int label = table.header().size() - 1;
    if (label == 0 || !table.header().get(label).equals(LABEL)) {
      throw table.malformedHeader("names of features, then " + LABEL);
    }
    boolean[] anomalous = new boolean[table.rows()];
    for (int row = 0; row < anomalous.length; row++) {
      anomalous[row] = table.flag(row, label);
    }
    LabelledRows rows =
        new LabelledRows(name, table.header().subList(0, label), rows(table, label), anomalous);
    if (rows.anomalies() == 0 || rows.anomalies() == anomalous.length) {
      throw new IllegalArgumentException(
          "%s: %s: must be 1 in some rows and 0 in others, was 1 in %d of %d"
              .formatted(table.file(), LABEL, rows.anomalies(), anomalous.length));
    }
    return rows;
  }

  /** Rows of features only. */
  static LabelledRows unlabelled(String name, CsvTable table) {
    return new LabelledRows(
        name, table.header(), rows(table, table.header().size()), new boolean[0]);
  }

  private static double[][] rows(CsvTable table, int features) {
    double[][] rows = new double[table.rows()][features];
    for (int row = 0; row < rows.length; row++) {
      for (int feature = 0; feature < features; feature++) {
        rows[row][feature] = table.number(row, feature);
      }
    }
    return rows;
  }
}
