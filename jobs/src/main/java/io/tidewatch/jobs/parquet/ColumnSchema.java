package io.tidewatch.jobs.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.ColumnType;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Columns as Parquet names their types. Times are in UTC, in microseconds, which all readers know.
 */
public final class ColumnSchema {
  /** Of all our files; readers do not look at it. */
  private static final String NAME = "row";

  private ColumnSchema() {}

  /** The schema of files with these columns, in their order. */
  public static MessageType of(List<? extends Column<?>> columns) {
    var message = Types.buildMessage();
    for (Column<?> column : columns) {
      message.addField(type(column));
    }
    return message.named(NAME);
  }

  private static PrimitiveType type(Column<?> column) {
    Repetition repetition = column.required() ? Repetition.REQUIRED : Repetition.OPTIONAL;
    ColumnType type = column.type();
    return switch (type) {
      case TEXT, JSON -> Types.primitive(BINARY, repetition).as(stringType()).named(column.name());
      case TIME ->
          Types.primitive(INT64, repetition)
              .as(timestampType(true, TimeUnit.MICROS))
              .named(column.name());
      case DOUBLE -> Types.primitive(DOUBLE, repetition).named(column.name());
      case LONG -> Types.primitive(INT64, repetition).named(column.name());
      case INT -> Types.primitive(INT32, repetition).named(column.name());
      case BOOLEAN -> Types.primitive(BOOLEAN, repetition).named(column.name());
      case BYTES -> Types.primitive(BINARY, repetition).named(column.name());
    };
  }
}
