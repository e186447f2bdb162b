package io.tidewatch.jobs.dataset;

import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the cells of a CSV line, or the values of a row, are. Cells are separated by commas and not
 * quoted.
 *
 * @param count how many there are in a line
 * @param device −1 for none; so {@code known} and {@code label}
 * @param fields one a field of the model, in its order
 */
record StoredColumns(int count, int time, int device, int known, int label, int[] fields) {

  /**
   * @throws IllegalArgumentException naming the key and the column that is not in the header
   */
  static StoredColumns of(String header, SourceConfig.Columns columns, TelemetryModel model) {
    return of(
        List.of(cells(header.startsWith("\uFEFF") ? header.substring(1) : header)), columns, model);
  }

  /** Likewise, of names. */
  static StoredColumns of(List<String> names, SourceConfig.Columns columns, TelemetryModel model) {
    int[] fields = new int[model.fields().size()];
    for (int i = 0; i < fields.length; i++) {
      String field = model.fields().get(i).name();
      fields[i] = place("columns.fields." + field, columns.of(field), names);
    }
    return new StoredColumns(
        names.size(),
        place("columns.time", columns.time(), names),
        optional("columns.device", columns.device(), names),
        optional("columns.known", columns.known(), names),
        optional("columns.label", columns.label(), names),
        fields);
  }

  /**
   * Refuses columns of fields that the model does not have.
   *
   * @param section key that the columns stand under, with a dot
   * @throws IllegalArgumentException naming key and field
   */
  static void requireFields(String section, SourceConfig.Columns columns, TelemetryModel model) {
    Set<String> known = new HashSet<>();
    for (TelemetryField field : model.fields()) {
      known.add(field.name());
    }
    for (String field : new TreeSet<>(columns.fields().keySet())) {
      if (!known.contains(field)) {
        throw new IllegalArgumentException(
            "%scolumns.fields: must be fields of the model %s, was '%s'"
                .formatted(section, model.name(), field));
      }
    }
  }

  /** The cells of a line, without blanks around them. */
  static String[] cells(String line) {
    String[] cells = line.split(",", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].strip();
    }
    return cells;
  }

  private static int optional(String key, String column, List<String> names) {
    return column.isEmpty() ? -1 : place(key, column, names);
  }

  private static int place(String key, String column, List<String> names) {
    int at = names.indexOf(column);
    if (at < 0 || at != names.lastIndexOf(column)) {
      throw new IllegalArgumentException(
          "%s: must be one of the columns %s, was '%s'".formatted(key, names, column));
    }
    return at;
  }
}
