package io.tidewatch.benchmarks.variant;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State of {@link RunningWindow}. */
final class RunningWindowSerializer extends StateSerializer<RunningWindow.State> {
  private static final long serialVersionUID = 1;

  @Override
  public RunningWindow.State createInstance() {
    return new RunningWindow.State(new Bins(), new Ring<>(1));
  }

  @Override
  public RunningWindow.State copy(RunningWindow.State from) {
    return new RunningWindow.State(from.window().copy(), from.panes().copy(Bins::copy));
  }

  @Override
  public void serialize(RunningWindow.State state, DataOutputView target) throws IOException {
    state.window().write(target);
    Ring<Bins> panes = state.panes();
    target.writeInt(panes.capacity());
    target.writeInt(panes.size());
    for (long number : panes.numbers()) {
      Bins pane = panes.get(number);
      if (pane != null) {
        target.writeLong(number);
        pane.write(target);
      }
    }
  }

  @Override
  public RunningWindow.State deserialize(DataInputView source) throws IOException {
    Bins window = Bins.read(source);
    Ring<Bins> panes = Ring.ofCapacity(source.readInt());
    for (int left = source.readInt(); left > 0; left--) {
      panes.put(source.readLong(), Bins.read(source));
    }
    return new RunningWindow.State(window, panes);
  }

  @Override
  public TypeSerializerSnapshot<RunningWindow.State> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in checkpoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RunningWindow.State> {
    public Snapshot() {
      super(RunningWindowSerializer::new);
    }
  }
}
