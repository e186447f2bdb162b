package io.tidewatch.udfs.window;

import java.util.Arrays;

/**
 * The watermark behind several subtasks, as Flink's input gates combine it: the least of those that
 * are active; one that comes back is counted again when it has caught up.
 */
final class Channels {
  private final long[] watermarksMs;
  private final boolean[] active;
  private long combinedMs = Long.MIN_VALUE;

  Channels(int parallelism) {
    watermarksMs = new long[parallelism];
    Arrays.fill(watermarksMs, Long.MIN_VALUE);
    active = new boolean[parallelism];
    Arrays.fill(active, true);
  }

  void watermark(int subtask, long watermarkMs) {
    watermarksMs[subtask] = watermarkMs;
  }

  void active(int subtask, boolean isActive) {
    active[subtask] = isActive;
  }

  /** Whether there is a new combined watermark. */
  boolean advance() {
    long leastMs = Long.MAX_VALUE;
    boolean any = false;
    for (int i = 0; i < active.length; i++) {
      if (active[i] && watermarksMs[i] >= combinedMs) {
        leastMs = Math.min(leastMs, watermarksMs[i]);
        any = true;
      }
    }
    if (!any || leastMs <= combinedMs) {
      return false;
    }
    combinedMs = leastMs;
    return true;
  }

  long combinedMs() {
    return combinedMs;
  }
}
