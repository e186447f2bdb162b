package io.tidewatch.benchmarks.variant;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State of {@link MergedPanes}. */
final class MergedPanesSerializer extends StateSerializer<Ring<LibrarySketch>> {
  private static final long serialVersionUID = 1;

  private final LibrarySketchSerializer sketches = new LibrarySketchSerializer();

  @Override
  public Ring<LibrarySketch> createInstance() {
    return new Ring<>(1);
  }

  @Override
  public Ring<LibrarySketch> copy(Ring<LibrarySketch> from) {
    return from.copy(LibrarySketch::copy);
  }

  @Override
  public void serialize(Ring<LibrarySketch> ring, DataOutputView target) throws IOException {
    target.writeInt(ring.capacity());
    target.writeInt(ring.size());
    for (long number : ring.numbers()) {
      LibrarySketch pane = ring.get(number);
      if (pane != null) {
        target.writeLong(number);
        sketches.serialize(pane, target);
      }
    }
  }

  @Override
  public Ring<LibrarySketch> deserialize(DataInputView source) throws IOException {
    Ring<LibrarySketch> ring = Ring.ofCapacity(source.readInt());
    for (int left = source.readInt(); left > 0; left--) {
      ring.put(source.readLong(), sketches.deserialize(source));
    }
    return ring;
  }

  @Override
  public TypeSerializerSnapshot<Ring<LibrarySketch>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in checkpoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Ring<LibrarySketch>> {
    public Snapshot() {
      super(MergedPanesSerializer::new);
    }
  }
}
