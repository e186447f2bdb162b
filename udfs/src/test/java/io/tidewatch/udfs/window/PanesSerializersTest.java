package io.tidewatch.udfs.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.feature.FeaturePane;
import io.tidewatch.analytics.feature.PointsPane;
import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.analytics.window.Panes;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PanesSerializersTest {

  /**
   * @param filled panes with something in them
   * @param change adds to the first pane
   */
  private record Case<A>(
      String name,
      TypeSerializer<Panes<A>> serializer,
      Supplier<Panes<A>> filled,
      Consumer<A> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case<?>> serializers() {
    return Stream.of(
        new Case<>(
            "features",
            FeaturePanesSerializer.INSTANCE,
            () -> {
              Panes<DevicePane> panes = new Panes<>();
              for (long start = -2_000; start < 8_000; start += 1_000) {
                FeaturePane pane = new FeaturePane(2);
                pane.add(new double[] {(double) start, Double.NaN});
                pane.add(new double[] {0.1, 1e9});
                panes.insert(start, pane);
              }
              return panes;
            },
            pane -> pane.add(0, new double[] {5, 5})),
        new Case<>(
            "points of features",
            FeaturePanesSerializer.INSTANCE,
            () -> {
              Panes<DevicePane> panes = new Panes<>();
              for (long start = -2_000; start < 8_000; start += 1_000) {
                PointsPane pane = new PointsPane(2);
                pane.add(start, new double[] {0.1, 1e9});
                pane.add(start + 7, new double[] {(double) start, 3.5});
                panes.insert(start, pane);
              }
              return panes;
            },
            pane -> pane.add(0, new double[] {5, 5})),
        new Case<>(
            "latency",
            LatencyPanesSerializer.INSTANCE,
            () -> {
              Panes<LatencyPane> panes = new Panes<>();
              for (long start = -2_000; start < 8_000; start += 1_000) {
                LatencyPane pane = new LatencyPane();
                pane.add((double) start + 2_000, 200, start < 0 ? null : "t" + start);
                pane.add(0.001, 503);
                panes.insert(start, pane);
              }
              return panes;
            },
            pane -> pane.add(7, 200)));
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void readsWhatItWrote(Case<A> subject) throws IOException {
    TypeSerializer<Panes<A>> serializer = subject.serializer();
    byte[] bytes = bytes(serializer, subject.filled().get());
    Panes<A> back = serializer.deserialize(new DataInputDeserializer(bytes));
    assertSame(back, subject.filled().get());
    assertThat(bytes(serializer, back)).isEqualTo(bytes);
    assertSame(
        serializer.deserialize(serializer.createInstance(), new DataInputDeserializer(bytes)),
        back);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void readsNoFurtherThanItWrote(Case<A> subject) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    subject.serializer().serialize(subject.filled().get(), out);
    subject.serializer().serialize(new Panes<>(), out);
    out.writeInt(4711);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(subject.serializer().deserialize(in).size()).isEqualTo(10);
    assertThat(subject.serializer().deserialize(in).isEmpty()).isTrue();
    assertThat(in.readInt()).isEqualTo(4711);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void copiesStreamsByteForByte(Case<A> subject) throws IOException {
    byte[] bytes = bytes(subject.serializer(), subject.filled().get());
    DataOutputSerializer out = new DataOutputSerializer(64);
    subject.serializer().copy(new DataInputDeserializer(bytes), out);
    assertThat(out.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void aCopyAndItsOriginalDoNotShareAnything(Case<A> subject) throws IOException {
    TypeSerializer<Panes<A>> serializer = subject.serializer();
    byte[] before = bytes(serializer, subject.filled().get());
    for (Panes<A> copy :
        Arrays.asList(
            serializer.copy(subject.filled().get()),
            serializer.copy(subject.filled().get(), new Panes<>()))) {
      assertThat(bytes(serializer, copy)).isEqualTo(before);
    }
    Panes<A> original = subject.filled().get();
    Panes<A> copy = serializer.copy(original);
    subject.change().accept(original.get(0));
    original.dropBefore(0);
    assertThat(bytes(serializer, copy)).isEqualTo(before);
    subject.change().accept(copy.get(5));
    assertThat(original.size()).isEqualTo(8);
    assertThat(original.get(3)).isNotSameAs(copy.get(5));
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void aSavepointFindsItsSerializerAgain(Case<A> subject) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(
        out, subject.serializer().snapshotConfiguration());
    TypeSerializerSnapshot<Panes<A>> written =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(
            subject
                .serializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(written)
                .isCompatibleAsIs())
        .isTrue();
    byte[] bytes = bytes(subject.serializer(), subject.filled().get());
    assertSame(
        written.restoreSerializer().deserialize(new DataInputDeserializer(bytes)),
        subject.filled().get());
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void refusesAFormatThatIsNewerThanItself(Case<A> subject) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(
        out, subject.serializer().snapshotConfiguration());
    byte[] bytes = out.getCopyOfBuffer();
    bytes[bytes.length - 1] = 9;
    TypeSerializerSnapshot<Panes<A>> newer = snapshot(bytes);

    assertThatThrownBy(newer::restoreSerializer)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            "PanesSerializer: format must be ≤ %d, the newest that this version knows, was 9"
                .formatted(((CodecSerializer<?>) subject.serializer()).format()));
    assertThat(
            subject
                .serializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(newer)
                .isIncompatible())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void refusesASnapshotThatIsNewerThanItself(Case<A> subject) throws IOException {
    TypeSerializerSnapshot<Panes<A>> snapshot = subject.serializer().snapshotConfiguration();
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF(snapshot.getClass().getName());
    out.writeInt(snapshot.getCurrentVersion() + 1);
    out.writeInt(1);
    byte[] bytes = out.getCopyOfBuffer();
    assertThatThrownBy(() -> snapshot(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(
            "PanesSerializer: snapshot must be of a version ≤ 4, the newest that this version"
                + " knows, was 5");
  }

  /** As savepoints of the first snapshots of 0.1.0 have it. */
  @ParameterizedTest
  @MethodSource("serializers")
  <A> void readsWhatSaysNoFormat(Case<A> subject) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF(subject.serializer().snapshotConfiguration().getClass().getName());
    out.writeInt(3);
    assertThat(snapshot(out.getCopyOfBuffer()).restoreSerializer()).isEqualTo(subject.serializer());
  }

  private static <A> TypeSerializerSnapshot<Panes<A>> snapshot(byte[] bytes) throws IOException {
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(bytes), PanesSerializersTest.class.getClassLoader());
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void isEqualToItselfAfterBeingShipped(Case<A> subject) throws Exception {
    TypeSerializer<Panes<A>> shipped = InstantiationUtil.clone(subject.serializer());
    assertThat(shipped).isEqualTo(subject.serializer()).hasSameHashCodeAs(subject.serializer());
    assertThat(shipped.duplicate()).isEqualTo(shipped);
    assertThat(shipped.isImmutableType()).isFalse();
    assertThat(shipped.getLength()).isEqualTo(-1);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <A> void refusesBytesOfAnotherVersion(Case<A> subject) throws IOException {
    byte[] bytes = bytes(subject.serializer(), subject.filled().get());
    bytes[0] = 99;
    assertThatThrownBy(() -> subject.serializer().deserialize(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("99");
  }

  private static <A> void assertSame(Panes<A> actual, Panes<A> expected) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.startMs(i)).isEqualTo(expected.startMs(i));
      assertThat(actual.get(i))
          .usingRecursiveComparison()
          .usingOverriddenEquals()
          .isEqualTo(expected.get(i));
    }
  }

  private static <A> byte[] bytes(TypeSerializer<Panes<A>> serializer, Panes<A> panes)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(panes, out);
    return out.getCopyOfBuffer();
  }
}
