package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.RowTable;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Readings of devices with a column a field. {@code known_at} is not among them: the broker's time
 * is not carried to here. Nor are tags.
 */
public final class ReadingTable implements RowTable<DeviceTelemetry> {
  private static final long serialVersionUID = 1;

  /** Columns that are no field: of files, of the folders they lie in, and of super tables. */
  private static final List<String> TAKEN =
      List.of("ts", "device_id", "label", "known_at", "model", "dt");

  private final ColumnsByModel<DeviceTelemetry> columns;

  /**
   * @throws ConfigException when a field has the name of another column
   */
  public ReadingTable(TelemetryModels models) {
    columns = new ColumnsByModel<>(models, ReadingTable::columnsOf);
  }

  private static List<Column<DeviceTelemetry>> columnsOf(TelemetryModel model) {
    List<TelemetryField> fields = model.fields();
    List<Column<DeviceTelemetry>> columns = new ArrayList<>();
    columns.add(Column.time("ts", DeviceTelemetry::eventTimeMs));
    columns.add(Column.text("device_id", DeviceTelemetry::deviceId));
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.get(i).name();
      if (TAKEN.contains(name)) {
        throw new ConfigException(
            ("%s: fields.%s: must be another name where readings go to a sink, whose own columns"
                    + " are %s")
                .formatted(model.name(), name, String.join(", ", TAKEN)));
      }
      int place = i;
      columns.add(Column.number(name, row -> row.values()[place]));
    }
    columns.add(Column.text("label", DeviceTelemetry::label).orMissing());
    return columns;
  }

  @Override
  public String name() {
    return "readings";
  }

  @Override
  public String model(DeviceTelemetry row) {
    return row.model();
  }

  @Override
  public List<Column<DeviceTelemetry>> columns(@Nullable String model) {
    return columns.of(model);
  }

  @Override
  public long eventTimeMs(DeviceTelemetry row) {
    return row.eventTimeMs();
  }
}
