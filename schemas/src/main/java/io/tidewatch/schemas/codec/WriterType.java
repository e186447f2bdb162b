package io.tidewatch.schemas.codec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A type of a writer's schema, as much of it as reading and skipping its values takes. Nothing else
 * in a schema is looked at: names of classes and other properties mean nothing here.
 */
final class WriterType {

  /** The types of Avro. */
  enum Kind {
    NULL,
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    BYTES,
    STRING,
    FIXED,
    ENUM,
    ARRAY,
    MAP,
    UNION,
    RECORD;

    boolean isNumber() {
      return this == INT || this == LONG || this == FLOAT || this == DOUBLE;
    }

    /** For people. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final WriterType[] NONE = {};

  private final Kind kind;
  private final int fixedBytes;
  private final @Nullable String logicalType;

  /** Set last, because a record may hold itself. */
  private WriterType[] parts = NONE;

  private boolean zeroWidth;

  private WriterType(Schema schema) {
    this.kind = Kind.valueOf(schema.getType().name());
    this.fixedBytes = kind == Kind.FIXED ? schema.getFixedSize() : 0;
    this.logicalType = schema.getProp("logicalType");
    this.zeroWidth = kind == Kind.NULL || (kind == Kind.FIXED && fixedBytes == 0);
  }

  static WriterType of(Schema schema) {
    return of(schema, new IdentityHashMap<>());
  }

  private static WriterType of(Schema schema, Map<Schema, WriterType> known) {
    WriterType seen = known.get(schema);
    if (seen != null) {
      return seen;
    }
    WriterType type = new WriterType(schema);
    known.put(schema, type);
    List<WriterType> parts = new ArrayList<>();
    switch (type.kind) {
      case ARRAY -> parts.add(of(schema.getElementType(), known));
      case MAP -> parts.add(of(schema.getValueType(), known));
      case UNION -> schema.getTypes().forEach(branch -> parts.add(of(branch, known)));
      case RECORD -> schema.getFields().forEach(field -> parts.add(of(field.schema(), known)));
      default -> {}
    }
    if (type.kind == Kind.RECORD) {
      // What takes no byte need not be skipped; so each step of a skip costs the sender one.
      parts.removeIf(WriterType::isZeroWidth);
      type.zeroWidth = parts.isEmpty();
    }
    type.parts = parts.toArray(NONE);
    return type;
  }

  Kind kind() {
    return kind;
  }

  /** Size of a fixed in bytes. */
  int fixedBytes() {
    return fixedBytes;
  }

  /** What the value is said to mean; null when nothing is said. */
  @Nullable String logicalType() {
    return logicalType;
  }

  /** Whether each value takes no byte at all; all others take one or more. */
  boolean isZeroWidth() {
    return zeroWidth;
  }

  /** Items of an array, values of a map. */
  WriterType items() {
    return parts[0];
  }

  /** Branches of a union; fields of a record that take a byte. */
  WriterType[] parts() {
    return parts;
  }
}
