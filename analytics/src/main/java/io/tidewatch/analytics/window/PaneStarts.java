package io.tidewatch.analytics.window;

import java.io.Serializable;

/**
 * Where panes start, aligned to the epoch. Most records lie in the pane of the one before: then
 * there is nothing to divide, which is what costs here. Not for use by several threads.
 */
final class PaneStarts implements Serializable {
  private static final long serialVersionUID = 1;

  private long lastMs;
  private long lastSlideMs;

  /** Start of the pane of that time; panes are as long as a slide. */
  long of(long eventTimeMs, long slideMs) {
    long sinceMs = eventTimeMs - lastMs;
    if (slideMs != lastSlideMs || sinceMs < 0 || sinceMs >= slideMs) {
      lastMs = eventTimeMs - Math.floorMod(eventTimeMs, slideMs);
      lastSlideMs = slideMs;
    }
    return lastMs;
  }
}
