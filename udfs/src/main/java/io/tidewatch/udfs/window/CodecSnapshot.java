package io.tidewatch.udfs.window;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint says of a {@link CodecSerializer}: its format. State of a newer format than this
 * code knows is refused as such, before a byte of it is read. Subclasses are named in savepoints.
 */
public abstract class CodecSnapshot<T> implements TypeSerializerSnapshot<T> {
  private static final int VERSION = 4;

  /** That of snapshots which said nothing, up to version 3. */
  private static final int FIRST_FORMAT = 1;

  private final CodecSerializer<T> serializer;
  private int format;

  protected CodecSnapshot(CodecSerializer<T> serializer) {
    this.serializer = serializer;
    this.format = serializer.format();
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeInt(format);
  }

  @Override
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCode)
      throws IOException {
    if (readVersion > VERSION) {
      throw new IOException(
          "%s: snapshot must be of a version ≤ %d, the newest that this version knows, was %d"
              .formatted(serializer.getClass().getSimpleName(), VERSION, readVersion));
    }
    format = readVersion < VERSION ? FIRST_FORMAT : in.readInt();
  }

  /**
   * The serializer that reads what stands behind this.
   *
   * @throws IllegalStateException when that is newer than this code
   */
  @Override
  public TypeSerializer<T> restoreSerializer() {
    if (!isReadable()) {
      throw new IllegalStateException(
          "%s: format must be ≤ %d, the newest that this version knows, was %d"
              .formatted(serializer.getClass().getSimpleName(), serializer.format(), format));
    }
    return serializer;
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    return old.getClass() == getClass() && ((CodecSnapshot<T>) old).isReadable()
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }

  private boolean isReadable() {
    return format <= serializer.format();
  }
}
