package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a savepoint keeps of a serializer. What it does to accumulators is in their harness tests.
 */
class SqlSerializersTest {

  static Stream<TypeSerializer<?>> serializers() {
    return Stream.of(
        new RetractableSketchSerializer(),
        new FeaturePaneSerializer(),
        new RetractableSummarySerializer());
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void isRestoredFromASnapshotAndMakesEmptyAccumulators(TypeSerializer<A> serializer)
      throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

    TypeSerializerSnapshot<A> back =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(back.restoreSerializer()).isEqualTo(serializer);
    A empty = back.restoreSerializer().createInstance();
    assertThat(Accumulators.stored(serializer, serializer.copy(empty)))
        .hasToString(empty.toString());
  }
}
