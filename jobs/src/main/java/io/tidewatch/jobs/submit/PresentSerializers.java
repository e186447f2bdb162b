package io.tidewatch.jobs.submit;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Whether this version can read what a serializer of a former, or later, one has written. */
final class PresentSerializers {
  private final ClassLoader classes;

  PresentSerializers(ClassLoader classes) {
    this.classes = classes;
  }

  /**
   * Whether the records, lists of records or maps of records of a state can be read into the
   * classes of the same names as they are today. What is no record says so itself, when it is
   * restored.
   *
   * @throws IllegalStateException when the serializer cannot be restored, and why
   * @throws IOException when a class cannot be found
   */
  <T> boolean canRead(TypeSerializerSnapshot<T> written) throws IOException {
    return canRead(now(written.restoreSerializer()), written);
  }

  /** Whether keys that were written so are those of an operator as it is today. */
  @SuppressWarnings("unchecked") // what is of another type says no
  static <T> boolean canRead(TypeSerializer<T> now, TypeSerializerSnapshot<?> written) {
    return !now.snapshotConfiguration()
        .resolveSchemaCompatibility((TypeSerializerSnapshot<T>) written)
        .isIncompatible();
  }

  @SuppressWarnings("unchecked") // of the same type as it was made from
  private <T> TypeSerializer<T> now(TypeSerializer<T> then) throws IOException {
    if (then instanceof PojoSerializer<T> record) {
      return (TypeSerializer<T>) ofToday(record);
    }
    if (then instanceof ListSerializer<?> list) {
      return (TypeSerializer<T>) new ListSerializer<>(now(list.getElementSerializer()));
    }
    if (then instanceof MapSerializer<?, ?> map) {
      return (TypeSerializer<T>)
          new MapSerializer<>(now(map.getKeySerializer()), now(map.getValueSerializer()));
    }
    return then;
  }

  private TypeSerializer<?> ofToday(PojoSerializer<?> then) throws IOException {
    // Flink tells the class of the records in its bytes only: they begin with its name.
    DataOutputSerializer bytes = new DataOutputSerializer(64);
    then.snapshotConfiguration().writeSnapshot(bytes);
    String name = new DataInputDeserializer(bytes.getCopyOfBuffer()).readUTF();
    try {
      return TypeInformation.of(Class.forName(name, false, classes))
          .createSerializer(new SerializerConfigImpl());
    } catch (ClassNotFoundException e) {
      throw new IOException("there is no class " + name, e);
    }
  }
}
