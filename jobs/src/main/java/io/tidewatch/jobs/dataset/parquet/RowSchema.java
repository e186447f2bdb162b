package io.tidewatch.jobs.dataset.parquet;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.ColumnType;
import io.tidewatch.jobs.parquet.ColumnSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a data set, in their order: names and types are a promise, see CHANGELOG. Times
 * are in UTC, in microseconds; a value that is missing is null.
 */
public final class RowSchema {
  public static final String EVENT_TIMESTAMP = "event_timestamp";
  public static final String CREATED_TIMESTAMP = "created_timestamp";
  public static final String WINDOW_START = "window_start";
  public static final String DEVICE = "device";
  public static final String MODEL = "model";
  public static final String LABEL = "label";
  public static final String SCALER_VERSION = "scaler_version";

  /** Columns before the features. */
  static final int LEADING = 5;

  /** Columns behind the features. */
  private static final int TRAILING = 2;

  private RowSchema() {}

  /**
   * @param features their names, in the order of the vectors
   */
  static MessageType of(List<String> features) {
    return ColumnSchema.of(columns(features));
  }

  /** The columns with what a row has in them. */
  static List<Column<RowFileWriter.Row>> columns(List<String> features) {
    List<Column<RowFileWriter.Row>> columns = new ArrayList<>();
    columns.add(Column.time(EVENT_TIMESTAMP, row -> row.labelled().vector().windowEndMs()));
    columns.add(Column.time(CREATED_TIMESTAMP, row -> row.labelled().createdMs()));
    columns.add(Column.time(WINDOW_START, row -> row.labelled().vector().windowStartMs()));
    columns.add(Column.text(DEVICE, row -> row.labelled().vector().deviceId()));
    columns.add(Column.text(MODEL, row -> row.labelled().vector().model()));
    for (int i = 0; i < features.size(); i++) {
      columns.add(feature(features.get(i), i));
    }
    columns.add(Column.<RowFileWriter.Row>text(LABEL, row -> row.labelled().label()).orMissing());
    columns.add(Column.text(SCALER_VERSION, RowFileWriter.Row::scalerVersion).orMissing());
    return columns;
  }

  private static Column<RowFileWriter.Row> feature(String name, int place) {
    return new Column<>(name, ColumnType.DOUBLE, false, row -> unlessNaN(row.features()[place]));
  }

  /** Infinity is a value of a data set, which its statistics tell. */
  private static @Nullable Double unlessNaN(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** What lies between the columns that each data set has; empty where there is nothing. */
  static List<String> featuresOf(MessageType columns) {
    List<String> names = columns.getFields().stream().map(Type::getName).toList();
    int behind = names.size() - TRAILING;
    return behind < LEADING ? List.of() : names.subList(LEADING, behind);
  }

  /** Of one feature and nothing else. */
  static MessageType only(String feature) {
    return ColumnSchema.of(List.of(feature(feature, 0)));
  }
}
