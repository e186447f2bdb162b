package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.AccumulatorCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Lets a versioned codec of {@code analytics} serialise Flink state. The version is in the bytes;
 * what a savepoint says of the serializer beside its class name is a format, so that a newer one is
 * refused as a whole ({@link CodecSnapshot}). Subclasses are named in savepoints and must keep
 * their names.
 */
public abstract class CodecSerializer<T> extends TypeSerializerSingleton<T> {
  private static final long serialVersionUID = 1;

  private final AccumulatorCodec<T> codec;
  private final int format;

  /**
   * @param format from 1; one more whenever the codec, or one it hands parts to, writes bytes that
   *     a former version does not read
   */
  protected CodecSerializer(AccumulatorCodec<T> codec, int format) {
    this.codec = codec;
    this.format = format;
  }

  /** The newest format that this reads and writes. */
  int format() {
    return format;
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public T copy(T from) {
    return codec.copy(from);
  }

  @Override
  public T copy(T from, T reuse) {
    return codec.copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView target) throws IOException {
    codec.write(value, target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return codec.read(source);
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return codec.read(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    codec.write(codec.read(source), target);
  }
}
