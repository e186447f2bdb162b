package io.tidewatch.udfs.window;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The watermark across restarts, which Flink does not keep: without it, a late record right after a
 * restart would open a pane again whose windows have fired, and its rows would replace the complete
 * ones.
 */
final class KeptWatermark {
  /** State name; a promise, see CHANGELOG. */
  static final String STATE = "watermark";

  private final ListState<Long> state;
  private long restoredMs = Long.MIN_VALUE;

  KeptWatermark(OperatorStateStore store) throws Exception {
    state = store.getUnionListState(new ListStateDescriptor<>(STATE, Types.LONG));
    // Barriers come behind the same watermarks everywhere, so the latest holds for all subtasks.
    for (long ofSubtaskMs : state.get()) {
      restoredMs = Math.max(restoredMs, ofSubtaskMs);
    }
  }

  /**
   * @param currentMs the watermark since the restart
   */
  long atLeast(long currentMs) {
    // A drained job has seen the end of time; one that goes on from its savepoint has not.
    return currentMs == Long.MAX_VALUE ? restoredMs : Math.max(restoredMs, currentMs);
  }

  void snapshot(long currentMs) throws Exception {
    state.update(List.of(atLeast(currentMs)));
  }
}
