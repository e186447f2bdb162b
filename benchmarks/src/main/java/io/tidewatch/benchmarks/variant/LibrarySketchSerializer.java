package io.tidewatch.benchmarks.variant;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State of a window, a pane or a SQL accumulator. Public, because SQL makes one by reflection. */
public final class LibrarySketchSerializer extends StateSerializer<LibrarySketch> {
  private static final long serialVersionUID = 1;

  @Override
  public LibrarySketch createInstance() {
    return new LibrarySketch();
  }

  @Override
  public LibrarySketch copy(LibrarySketch from) {
    return from.copy();
  }

  @Override
  public void serialize(LibrarySketch sketch, DataOutputView target) throws IOException {
    byte[] bytes = sketch.toBytes();
    target.writeLong(sketch.count());
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  @Override
  public LibrarySketch deserialize(DataInputView source) throws IOException {
    long count = source.readLong();
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return LibrarySketch.of(bytes, count);
  }

  @Override
  public TypeSerializerSnapshot<LibrarySketch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in checkpoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LibrarySketch> {
    public Snapshot() {
      super(LibrarySketchSerializer::new);
    }
  }
}
