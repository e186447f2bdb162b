package io.tidewatch.testkit.tdengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The types of columns that the stand-in has. A value of {@code BOOL} is a {@link Boolean}, of
 * whole numbers and times a {@link Long}, of {@code FLOAT} a {@link Float}, of {@code DOUBLE} a
 * {@link Double}, of text a {@link String}; missing is null. Numbers are little-endian.
 */
enum ColumnType {
  BOOL(1, 1),
  TINYINT(2, 1),
  SMALLINT(3, 2),
  INT(4, 4),
  BIGINT(5, 8),
  FLOAT(6, 4),
  DOUBLE(7, 8),
  VARCHAR(8, 0),
  TIMESTAMP(9, 8),
  NCHAR(10, 0);

  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

  private final int code;
  private final int width;

  ColumnType(int code, int width) {
    this.code = code;
    this.width = width;
  }

  static @Nullable ColumnType named(String name) {
    if (name.equalsIgnoreCase("binary")) {
      return VARCHAR;
    }
    for (ColumnType type : values()) {
      if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
        return type;
      }
    }
    return null;
  }

  /**
   * @throws TdengineError when there is none
   */
  static ColumnType of(int code) {
    for (ColumnType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw TdengineError.adapter("type " + code + " is not one of the stand-in");
  }

  int code() {
    return code;
  }

  /** Bytes of a value; 0 where that depends on it. */
  int width() {
    return width;
  }

  boolean variable() {
    return width == 0;
  }

  /** Bytes that a server sets aside for a value of a declared length. */
  int bytes(int length) {
    return switch (this) {
      case VARCHAR -> length + 2;
      case NCHAR -> 4 * length + 2;
      default -> width;
    };
  }

  /** Writes a value of fixed width. */
  void write(ByteBuf out, Object value) {
    switch (this) {
      case BOOL -> out.writeByte((Boolean) value ? 1 : 0);
      case TINYINT -> out.writeByte(((Long) value).intValue());
      case SMALLINT -> out.writeShortLE(((Long) value).intValue());
      case INT -> out.writeIntLE(((Long) value).intValue());
      case BIGINT, TIMESTAMP -> out.writeLongLE((Long) value);
      case FLOAT -> out.writeIntLE(Float.floatToRawIntBits((Float) value));
      case DOUBLE -> out.writeLongLE(Double.doubleToRawLongBits((Double) value));
      case VARCHAR, NCHAR -> throw new IllegalArgumentException(this + " has no fixed width");
    }
  }

  /** Reads a value of fixed width. */
  Object read(ByteBuf in) {
    return switch (this) {
      case BOOL -> in.readByte() != 0;
      case TINYINT -> (long) in.readByte();
      case SMALLINT -> (long) in.readShortLE();
      case INT -> (long) in.readIntLE();
      case BIGINT, TIMESTAMP -> in.readLongLE();
      case FLOAT -> Float.intBitsToFloat(in.readIntLE());
      case DOUBLE -> Double.longBitsToDouble(in.readLongLE());
      case VARCHAR, NCHAR -> throw new IllegalArgumentException(this + " has no fixed width");
    };
  }

  /** Text as it stands in a result; in what is bound it is UTF-8 in both types. */
  byte[] resultBytes(String text) {
    return text.getBytes(this == NCHAR ? UTF_32LE : UTF_8);
  }

  /** Whether a text is as long as was declared, or shorter: in bytes, or in characters. */
  boolean holds(String text, int length) {
    return (this == NCHAR ? text.codePointCount(0, text.length()) : text.getBytes(UTF_8).length)
        <= length;
  }
}
