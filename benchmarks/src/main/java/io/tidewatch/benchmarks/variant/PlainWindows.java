package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.Progress;
import io.tidewatch.benchmarks.workload.Workload;
import java.util.function.Consumer;

/** Running windows of all keys in arrays. */
final class PlainWindows {
  private final Workload workload;
  private final Consumer<WindowRow> rows;
  private final double[] values = Workload.values();

  /** By key, then by number of the pane modulo overlap. */
  private final Bins[][] panes;

  private final Bins[] windows;

  PlainWindows(Workload workload, Consumer<WindowRow> rows) {
    this.workload = workload;
    this.rows = rows;
    this.panes = new Bins[workload.keys()][workload.overlap()];
    this.windows = new Bins[workload.keys()];
    for (int key = 0; key < workload.keys(); key++) {
      windows[key] = new Bins();
      for (int slot = 0; slot < workload.overlap(); slot++) {
        panes[key][slot] = new Bins();
      }
    }
  }

  /** Until the workload ends, then the windows that still hold records. */
  void run() {
    long second = 0;
    while (second < workload.seconds()) {
      int slot = (int) (second % workload.overlap());
      open(slot);
      int records = workload.records(second);
      for (int i = 0; i < records; i++) {
        panes[workload.key(i)][slot].add(values[Workload.valueIndex(second, i)]);
      }
      close(second, slot);
      Progress.count(records);
      Progress.reached(0, ++second);
    }
    for (int more = 1; more < workload.overlap(); more++, second++) {
      int slot = (int) (second % workload.overlap());
      open(slot);
      close(second, slot);
    }
  }

  /** The pane that was in the slot leaves its last window. */
  private void open(int slot) {
    for (int key = 0; key < windows.length; key++) {
      windows[key].subtract(panes[key][slot]);
      panes[key][slot] = new Bins();
    }
  }

  private void close(long second, int slot) {
    for (int key = 0; key < windows.length; key++) {
      windows[key].add(panes[key][slot]);
      if (windows[key].count() > 0) {
        rows.accept(windows[key].row(key, Workload.startMs(second + 1)));
      }
    }
  }
}
