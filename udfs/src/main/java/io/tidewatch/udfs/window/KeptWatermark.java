package io.tidewatch.udfs.window;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The watermark of an operator, also right after a restart. Flink does not keep it: without it, a
 * record that was late before the restart would not be late after it, and would open again what has
 * been closed.
 */
final class KeptWatermark {
  /** State name; a promise, see CHANGELOG. */
  static final String STATE = "watermark";

  private final ListState<Long> state;

  /** The watermark of the checkpoint that was restored. */
  private final long restoredMs;

  KeptWatermark(OperatorStateStore store) throws Exception {
    state = store.getUnionListState(new ListStateDescriptor<>(STATE, Types.LONG));
    long latestMs = Long.MIN_VALUE;
    // Barriers come behind the same watermarks everywhere, so the latest holds for all subtasks.
    for (long ofSubtaskMs : state.get()) {
      latestMs = Math.max(latestMs, ofSubtaskMs);
    }
    restoredMs = latestMs;
  }

  /**
   * The watermark now.
   *
   * @param currentMs the watermark since the restart
   */
  long atLeast(long currentMs) {
    // A drained job has seen the end of time; one that goes on from its savepoint has not.
    return currentMs == Long.MAX_VALUE ? restoredMs : Math.max(restoredMs, currentMs);
  }

  void snapshot(long watermarkMs) throws Exception {
    state.update(List.of(watermarkMs));
  }
}
