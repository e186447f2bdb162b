package io.tidewatch.udfs.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What a state backend on disk does to an accumulator between two records. */
final class Accumulators {

  private Accumulators() {}

  static <A> A stored(TypeSerializer<A> serializer, A accumulator) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(64);
      serializer.serialize(accumulator, out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      A back = serializer.deserialize(in);
      if (in.available() > 0) {
        throw new AssertionError(in.available() + " bytes were left");
      }
      return back;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
