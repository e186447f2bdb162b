package io.tidewatch.testkit.tdengine;

import org.jspecify.annotations.Nullable;

/**
 * A column or tag of a table, or a column of a result.
 *
 * @param length bytes of a {@code VARCHAR}, characters of an {@code NCHAR}, else the width
 */
record Column(String name, ColumnType type, int length) {

  static Column of(String name, ColumnType type) {
    return new Column(name, type, type.width());
  }

  /** Bytes that a server sets aside for a value. */
  int bytes() {
    return type.bytes(length);
  }

  /**
   * The value that a literal has in this column.
   *
   * @param rest of the statement from the literal on, for the refusal
   * @throws TdengineError when it is none of the type of the column, or too long
   */
  @Nullable Object value(@Nullable Object literal, Precision precision, String rest) {
    if (literal == null) {
      return null;
    }
    Object value = converted(literal, precision);
    if (value == null) {
      throw TdengineError.literal(rest);
    }
    requireRoom(value);
    return value;
  }

  /**
   * @throws TdengineError when a text is too long
   */
  void requireRoom(@Nullable Object value) {
    if (value instanceof String text && !type.holds(text, length)) {
      throw TdengineError.tooLong(name);
    }
  }

  private @Nullable Object converted(Object literal, Precision precision) {
    return switch (type) {
      case BOOL -> literal instanceof Boolean ? literal : null;
      case TINYINT, SMALLINT, INT, BIGINT -> literal instanceof Long ? literal : null;
      case FLOAT -> literal instanceof Number number ? number.floatValue() : null;
      case DOUBLE -> literal instanceof Number number ? number.doubleValue() : null;
      case TIMESTAMP -> literal instanceof String text ? precision.parsed(text) : time(literal);
      case VARCHAR, NCHAR -> literal instanceof String ? literal : null;
    };
  }

  private static @Nullable Object time(Object literal) {
    return literal instanceof Long ? literal : null;
  }

  /**
   * How a value of the column compares with a literal.
   *
   * @throws TdengineError when the stand-in cannot compare them
   */
  int compare(Object value, Object literal, Precision precision) {
    Object other =
        type == ColumnType.TIMESTAMP && literal instanceof String text
            ? precision.parsed(text)
            : literal;
    if (value instanceof Long a && other instanceof Long b) {
      return Long.compare(a, b);
    }
    if (value instanceof Number a && other instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (value instanceof String a && other instanceof String b) {
      return a.compareTo(b);
    }
    if (value instanceof Boolean a && other instanceof Boolean b) {
      return Boolean.compare(a, b);
    }
    throw TdengineError.adapter("the stand-in does not compare " + name + " with " + literal);
  }
}
