package io.tidewatch.analytics.window;

import org.jspecify.annotations.Nullable;

/**
 * What lies in the window of one series while it moves on, so that a fire does not merge all panes
 * anew. It holds nothing that the panes do not say: it is never written to state, and what it
 * answers depends on the panes alone, bit for bit, not on the windows it was asked for before. So a
 * restart changes no result.
 *
 * @param <A> accumulator of a pane
 */
@FunctionalInterface
public interface MovingWindow<A> {

  /**
   * All panes that start in {@code [startMs, endMs)}. Ends ascend from call to call, and panes that
   * start before the last end do not change any more.
   *
   * @return to be read before the next call, not to be changed; null when there is no such pane
   */
  @Nullable A at(Panes<A> panes, long startMs, long endMs);

  /** Says that the panes before that are about to be dropped. */
  default void leave(Panes<A> panes, long startMs) {}
}
