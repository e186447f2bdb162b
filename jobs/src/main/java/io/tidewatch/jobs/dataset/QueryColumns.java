package io.tidewatch.jobs.dataset;

import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the values of a row of a query are. A row without time or device is an error. */
final class QueryColumns {
  private final TelemetryModel model;
  private final SourceConfig.Columns columns;
  private final StoredColumns places;
  private final List<String> types = new ArrayList<>();

  /**
   * @throws IllegalArgumentException naming the key and the column that the query does not have
   */
  QueryColumns(TelemetryModel model, SourceConfig.Columns columns, ResultSetMetaData query)
      throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= query.getColumnCount(); i++) {
      names.add(query.getColumnLabel(i));
      types.add(query.getColumnTypeName(i));
    }
    this.model = model;
    this.columns = columns;
    this.places = StoredColumns.of(names, columns, model);
  }

  KnownTelemetry read(ResultSet row) throws SQLException {
    double[] values = new double[places.fields().length];
    for (int i = 0; i < values.length; i++) {
      double value = row.getDouble(places.fields()[i] + 1);
      values[i] = row.wasNull() || !Double.isFinite(value) ? Double.NaN : value;
    }
    String device = places.device() < 0 ? columns.onlyDevice() : text(row, places.device());
    Long timeMs = timeMs(row, places.time());
    if (device == null || timeMs == null) {
      throw new IllegalArgumentException(
          "columns: must have a time and a device in each row, were null in one");
    }
    Long knownMs = places.known() < 0 ? null : timeMs(row, places.known());
    return new KnownTelemetry(
        new DeviceTelemetry(
            model.name(), device, timeMs, values, Map.of(), text(row, places.label())),
        knownMs == null ? KnownTelemetry.UNKNOWN : knownMs);
  }

  private static @Nullable String text(ResultSet row, int place) throws SQLException {
    String text = place < 0 ? null : row.getString(place + 1);
    return text == null || text.isEmpty() ? null : text;
  }

  /** A time without a zone is UTC; a number is in milliseconds. */
  private @Nullable Long timeMs(ResultSet row, int place) throws SQLException {
    switch (types.get(place)) {
      case "timestamptz", "TIMESTAMP" -> { // of PostgreSQL, of TDengine
        OffsetDateTime time = row.getObject(place + 1, OffsetDateTime.class);
        return time == null ? null : time.toInstant().toEpochMilli();
      }
      case "timestamp" -> {
        LocalDateTime time = row.getObject(place + 1, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC).toEpochMilli();
      }
      default -> {
        long time = row.getLong(place + 1);
        return row.wasNull() ? null : time;
      }
    }
  }
}
