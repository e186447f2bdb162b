package io.tidewatch.jobs.dataset.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

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

  private static final String NAME = "row";

  private RowSchema() {}

  /**
   * @param features their names, in the order of the vectors
   */
  static MessageType of(List<String> features) {
    var columns = Types.buildMessage();
    for (String time : List.of(EVENT_TIMESTAMP, CREATED_TIMESTAMP, WINDOW_START)) {
      columns.required(INT64).as(timestampType(true, TimeUnit.MICROS)).named(time);
    }
    columns.required(BINARY).as(stringType()).named(DEVICE);
    columns.required(BINARY).as(stringType()).named(MODEL);
    features.forEach(feature -> columns.optional(DOUBLE).named(feature));
    columns.optional(BINARY).as(stringType()).named(LABEL);
    columns.optional(BINARY).as(stringType()).named(SCALER_VERSION);
    return columns.named(NAME);
  }

  /** What lies between the columns that each data set has; empty where there is nothing. */
  static List<String> featuresOf(MessageType columns) {
    List<String> names = columns.getFields().stream().map(Type::getName).toList();
    int behind = names.size() - TRAILING;
    return behind < LEADING ? List.of() : names.subList(LEADING, behind);
  }

  /** Of one feature and nothing else. */
  static MessageType only(String feature) {
    return Types.buildMessage().optional(DOUBLE).named(feature).named(NAME);
  }
}
