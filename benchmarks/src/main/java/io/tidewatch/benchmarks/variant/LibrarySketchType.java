package io.tidewatch.benchmarks.variant;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Lets Flink's window operator keep a {@link LibrarySketch} without Kryo. */
final class LibrarySketchType extends TypeInformation<LibrarySketch> {
  private static final long serialVersionUID = 1;

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<LibrarySketch> getTypeClass() {
    return LibrarySketch.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<LibrarySketch> createSerializer(SerializerConfig config) {
    return new LibrarySketchSerializer();
  }

  @Override
  public String toString() {
    return "LibrarySketch";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LibrarySketchType;
  }

  @Override
  public int hashCode() {
    return LibrarySketchType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LibrarySketchType;
  }
}
