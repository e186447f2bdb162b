package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.jobs.tdengine.QuotedName;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The query that reads a super table. Names stand in it in quotes, after a check that leaves no
 * room for anything but a name; times are written by us; ids of devices are bound. It may find more
 * than is selected, never less.
 *
 * @param sql with a parameter for each of {@code devices}
 * @param devices whose readings are asked for; those of all when empty
 */
record SuperTableQuery(String sql, List<String> devices) implements Serializable {
  /** More than these are not asked for one by one: a statement has its limits. */
  private static final int MAX_DEVICES = 1_000;

  /** Times up to here are written with four digits of the year, as TDengine reads them. */
  private static final long LAST_MS = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  SuperTableQuery {
    devices = List.copyOf(devices);
  }

  /**
   * @throws IllegalArgumentException naming the key and the name that is none
   */
  static SuperTableQuery of(
      SourceConfig.Tdengine config, TelemetryModel model, Selection selection) {
    SourceConfig.Columns columns = config.columns();
    List<String> where = new ArrayList<>();
    String time = QuotedName.of("columns.time", columns.time());
    if (isWritten(selection.fromMs())) {
      where.add(time + " >= '" + Instant.ofEpochMilli(selection.fromMs()) + "'");
    }
    if (isWritten(selection.toMs())) {
      where.add(time + " < '" + Instant.ofEpochMilli(selection.toMs()) + "'");
    }
    List<String> devices =
        columns.device().isEmpty() || selection.devices().size() > MAX_DEVICES
            ? List.of()
            : List.copyOf(selection.devices());
    if (!devices.isEmpty()) {
      where.add(
          QuotedName.of("columns.device", columns.device())
              + devices.stream()
                  .map(device -> "?")
                  .collect(Collectors.joining(", ", " IN (", ")")));
    }
    return new SuperTableQuery(
        "SELECT %s FROM %s%s"
            .formatted(
                String.join(", ", selected(columns, model)),
                table(config, model),
                where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where)),
        devices);
  }

  /** The columns there are, of at most one row. */
  static String probe(SourceConfig.Tdengine config, TelemetryModel model) {
    return "SELECT * FROM " + table(config, model) + " LIMIT 1";
  }

  /** Name of the super table. */
  static String superTable(SourceConfig.Tdengine config, TelemetryModel model) {
    return config.superTable().isEmpty() ? model.name() : config.superTable();
  }

  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < devices.size(); i++) {
      statement.setString(i + 1, devices.get(i));
    }
  }

  private static String table(SourceConfig.Tdengine config, TelemetryModel model) {
    return QuotedName.of("database", config.database())
        + "."
        + QuotedName.of("super_table", superTable(config, model));
  }

  private static Set<String> selected(SourceConfig.Columns columns, TelemetryModel model) {
    Set<String> selected = new LinkedHashSet<>();
    selected.add(QuotedName.of("columns.time", columns.time()));
    if (!columns.device().isEmpty()) {
      selected.add(QuotedName.of("columns.device", columns.device()));
    }
    if (!columns.known().isEmpty()) {
      selected.add(QuotedName.of("columns.known", columns.known()));
    }
    if (!columns.label().isEmpty()) {
      selected.add(QuotedName.of("columns.label", columns.label()));
    }
    for (TelemetryField field : model.fields()) {
      selected.add(QuotedName.of("columns.fields." + field.name(), columns.of(field.name())));
    }
    return selected;
  }

  private static boolean isWritten(long timeMs) {
    return timeMs >= 0 && timeMs <= LAST_MS;
  }
}
