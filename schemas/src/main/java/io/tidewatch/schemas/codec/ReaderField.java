package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.codec.WriterType.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A field of our own schema, {@code avro/*.avsc}.
 *
 * @param name as in the schema
 * @param shape its type
 * @param required whether it has no default
 * @param logicalType of a number, null for none: another one would mean another unit
 */
record ReaderField(String name, Shape shape, boolean required, @Nullable String logicalType) {

  /** A type of ours, and what Avro lets a writer write for it. */
  enum Shape {
    TEXT,
    INT,
    LONG,
    DOUBLE,
    OPTIONAL_TEXT,
    OPTIONAL_DOUBLE,
    MAP_OF_TEXTS,
    MAP_OF_OPTIONAL_DOUBLES;

    /** For people. */
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether at least one branch of what the writer writes can be read. */
    boolean isReadFrom(WriterType type) {
      if (type.kind() == Kind.UNION) {
        for (WriterType branch : type.parts()) {
          if (isReadFrom(branch)) {
            return true;
          }
        }
        return false;
      }
      Kind kind = type.kind();
      return switch (this) {
        case TEXT -> kind == Kind.STRING || kind == Kind.BYTES;
        case INT -> kind == Kind.INT;
        case LONG -> kind == Kind.INT || kind == Kind.LONG;
        case DOUBLE -> kind.isNumber();
        case OPTIONAL_TEXT -> kind == Kind.NULL || TEXT.isReadFrom(type);
        case OPTIONAL_DOUBLE -> kind == Kind.NULL || DOUBLE.isReadFrom(type);
        case MAP_OF_TEXTS -> kind == Kind.MAP && TEXT.isReadFrom(type.items());
        case MAP_OF_OPTIONAL_DOUBLES ->
            kind == Kind.MAP && OPTIONAL_DOUBLE.isReadFrom(type.items());
      };
    }
  }

  static ReaderField required(String name, Shape shape) {
    return new ReaderField(name, shape, true, null);
  }

  static ReaderField optional(String name, Shape shape) {
    return new ReaderField(name, shape, false, null);
  }

  /** Milliseconds since 1970-01-01T00:00Z. */
  static ReaderField requiredTimeMs(String name) {
    return new ReaderField(name, Shape.LONG, true, "timestamp-millis");
  }

  /**
   * A logical type of the writer that would change what the number means; null when there is none.
   */
  @Nullable String otherMeaning(WriterType type) {
    if (type.kind() == Kind.UNION) {
      for (WriterType branch : type.parts()) {
        String other = otherMeaning(branch);
        if (other != null) {
          return other;
        }
      }
      return null;
    }
    if (type.kind() == Kind.MAP) {
      return otherMeaning(type.items());
    }
    String other = type.kind().isNumber() ? type.logicalType() : null;
    return other == null || other.equals(logicalType) ? null : other;
  }
}
