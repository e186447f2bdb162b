package io.tidewatch.cli.input;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The column names of a CSV file. Cells are separated by commas and not quoted.
 *
 * @param columns in the order of the file, unique
 */
record CsvHeader(List<String> columns) {
  static final String TIMESTAMP = "timestamp";
  static final String DEVICE_ID = "device_id";
  static final String LABEL = "label";
  private static final String VALUE = "value";

  static CsvHeader of(ReplayLine line) {
    List<String> columns = split(line.text());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (column.isEmpty() || !seen.add(column)) {
        throw line.refused(
            String.valueOf(i + 1), column, "a JSON object, or a CSV header with unique names");
      }
    }
    return new CsvHeader(columns);
  }

  boolean isTimestampAndValue() {
    return columns.equals(List.of(TIMESTAMP, VALUE));
  }

  /** As many cells as there are columns. */
  List<String> cells(ReplayLine line) {
    List<String> cells = split(line.text());
    if (cells.size() != columns.size()) {
      throw line.refused(
          columns.get(Math.min(cells.size(), columns.size() - 1)),
          line.text(),
          columns.size() + " cells, found " + cells.size());
    }
    return cells;
  }

  /** The fields of a model among the columns: all but time, device and label. */
  List<String> fields() {
    return columns.stream()
        .filter(column -> !List.of(TIMESTAMP, DEVICE_ID, LABEL).contains(column))
        .toList();
  }

  private static List<String> split(String line) {
    return List.of(line.split(",", -1)).stream().map(String::strip).toList();
  }
}
