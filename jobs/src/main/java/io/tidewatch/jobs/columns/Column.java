package io.tidewatch.jobs.columns;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One column of rows.
 *
 * @param <T> rows
 * @param name as readers know it
 * @param required whether each row has a value
 * @param value of a row, of the Java type of {@code type}; null where it has none
 */
public record Column<T>(String name, ColumnType type, boolean required, Value<T, ?> value)
    implements Serializable {

  /** What a row has in a column. */
  @FunctionalInterface
  public interface Value<T, V> extends Serializable {
    @Nullable V of(T row);
  }

  public static <T> Column<T> text(String name, Value<T, String> value) {
    return new Column<>(name, ColumnType.TEXT, true, value);
  }

  public static <T> Column<T> json(String name, Value<T, String> value) {
    return new Column<>(name, ColumnType.JSON, true, value);
  }

  /**
   * @param value milliseconds since the epoch
   */
  public static <T> Column<T> time(String name, Value<T, Long> value) {
    return new Column<>(name, ColumnType.TIME, true, value);
  }

  public static <T> Column<T> whole(String name, Value<T, Long> value) {
    return new Column<>(name, ColumnType.LONG, true, value);
  }

  public static <T> Column<T> small(String name, Value<T, Integer> value) {
    return new Column<>(name, ColumnType.INT, true, value);
  }

  public static <T> Column<T> flag(String name, Value<T, Boolean> value) {
    return new Column<>(name, ColumnType.BOOLEAN, true, value);
  }

  public static <T> Column<T> bytes(String name, Value<T, byte[]> value) {
    return new Column<>(name, ColumnType.BYTES, true, value);
  }

  /** A number; one that is not finite is missing. */
  public static <T> Column<T> number(String name, Value<T, Double> value) {
    return new Column<>(
        name,
        ColumnType.DOUBLE,
        false,
        row -> {
          Double number = value.of(row);
          return number == null || !Double.isFinite(number) ? null : number;
        });
  }

  /** The same where a row may have no value. */
  public Column<T> orMissing() {
    return new Column<>(name, type, false, value);
  }
}
