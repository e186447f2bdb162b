package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.AccumulatorCodec;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Bytes between the two phases. They are never stored: barriers come behind them, and with
 * unaligned checkpoints, where they would be, a job goes on with the jar that wrote them.
 */
final class WindowInputSerializer<K, I, A> extends TypeSerializer<WindowInput<K, I, A>> {
  private static final long serialVersionUID = 1;
  private static final int RECORD = 0;
  private static final int PARTIAL = 1;

  private final TypeSerializer<K> keys;
  private final TypeSerializer<I> records;
  private final AccumulatorCodec<A> accumulators;

  WindowInputSerializer(
      TypeSerializer<K> keys, TypeSerializer<I> records, AccumulatorCodec<A> accumulators) {
    this.keys = keys;
    this.records = records;
    this.accumulators = accumulators;
  }

  @Override
  public void serialize(WindowInput<K, I, A> input, DataOutputView target) throws IOException {
    I record = input.record();
    if (record != null) {
      target.writeByte(RECORD);
      records.serialize(record, target);
      return;
    }
    target.writeByte(PARTIAL);
    target.writeLong(input.startMs());
    keys.serialize(Objects.requireNonNull(input.key()), target);
    accumulators.write(Objects.requireNonNull(input.partial()), target);
  }

  @Override
  public WindowInput<K, I, A> deserialize(DataInputView source) throws IOException {
    if (source.readByte() == RECORD) {
      return WindowInput.record(records.deserialize(source));
    }
    long startMs = source.readLong();
    return WindowInput.partial(keys.deserialize(source), startMs, accumulators.read(source));
  }

  @Override
  public WindowInput<K, I, A> copy(WindowInput<K, I, A> from) {
    I record = from.record();
    return record != null
        ? WindowInput.record(records.copy(record))
        : WindowInput.partial(
            Objects.requireNonNull(from.key()),
            from.startMs(),
            accumulators.copy(Objects.requireNonNull(from.partial())));
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public WindowInput<K, I, A> copy(WindowInput<K, I, A> from, WindowInput<K, I, A> reuse) {
    return copy(from);
  }

  @Override
  public WindowInput<K, I, A> deserialize(WindowInput<K, I, A> reuse, DataInputView source)
      throws IOException {
    return deserialize(source);
  }

  @Override
  public WindowInput<K, I, A> createInstance() {
    return WindowInput.record(records.createInstance());
  }

  @Override
  public TypeSerializer<WindowInput<K, I, A>> duplicate() {
    return new WindowInputSerializer<>(keys.duplicate(), records.duplicate(), accumulators);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WindowInputSerializer<?, ?, ?> that
        && keys.equals(that.keys)
        && records.equals(that.records)
        && accumulators.getClass() == that.accumulators.getClass();
  }

  @Override
  public int hashCode() {
    return Objects.hash(keys, records, accumulators.getClass());
  }

  @Override
  public TypeSerializerSnapshot<WindowInput<K, I, A>> snapshotConfiguration() {
    throw new UnsupportedOperationException("what travels between the phases is never state");
  }
}
