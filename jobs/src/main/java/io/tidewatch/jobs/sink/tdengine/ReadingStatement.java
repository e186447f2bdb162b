package io.tidewatch.jobs.sink.tdengine;

import io.tidewatch.jobs.tdengine.QuotedName;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;

/**
 * The statement that writes readings of one model, and how one is bound. The time is the first
 * column because the driver takes the unit of all times from the first one. {@code known_at} is not
 * written: the broker's time is not carried to here.
 *
 * @param columns names, in the order of the parameters
 */
record ReadingStatement(String sql, List<String> columns)
    implements JdbcStatementBuilder<DeviceTelemetry> {

  static ReadingStatement of(String database, TelemetryModel model) {
    List<String> columns = new ArrayList<>(List.of("ts", "tbname", "device_id"));
    List<String> quoted = new ArrayList<>(List.of("`ts`", "tbname", "`device_id`"));
    for (TelemetryField field : model.fields()) {
      columns.add(field.name());
      quoted.add(QuotedName.of("field", field.name()));
    }
    columns.add("label");
    quoted.add("`label`");
    return new ReadingStatement(
        "INSERT INTO %s.%s(%s) VALUES(%s)"
            .formatted(
                QuotedName.of("database", database),
                QuotedName.of("model", model.name()),
                String.join(",", quoted),
                String.join(",", Collections.nCopies(quoted.size(), "?"))),
        List.copyOf(columns));
  }

  @Override
  public void accept(PreparedStatement row, DeviceTelemetry reading) throws SQLException {
    int i = 1;
    row.setTimestamp(i++, new Timestamp(reading.eventTimeMs()));
    row.setString(i++, DeviceTable.name(reading.model(), reading.deviceId()));
    row.setNString(i++, reading.deviceId());
    for (double value : reading.values()) {
      if (Double.isNaN(value)) {
        row.setNull(i++, Types.DOUBLE);
      } else {
        row.setDouble(i++, value);
      }
    }
    if (reading.label() == null) {
      row.setNull(i, Types.NCHAR);
    } else {
      row.setNString(i, reading.label());
    }
  }
}
