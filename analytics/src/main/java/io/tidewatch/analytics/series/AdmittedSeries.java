package io.tidewatch.analytics.series;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The series that are let in: first come, first served, up to a limit. A series that was silent for
 * long loses its place.
 *
 * <p>Restored series keep their place without counting, until they are seen here: after a restart a
 * subtask knows what all had let in and cannot tell which of it will come to it.
 *
 * <p>Memory: an entry a series. Mutable, not for use by several threads.
 */
public final class AdmittedSeries {
  /** A silent series may keep its place by a 24th longer. */
  private static final int SWEEPS = 24;

  private final int most;
  private final long forgetAfterMs;
  private final Map<SeriesKey, Long> seen = new HashMap<>();
  private final Map<SeriesKey, Long> restored = new HashMap<>();
  private long sweepFromMs = Long.MIN_VALUE;

  public AdmittedSeries(SeriesRules rules) {
    this.most = rules.maxSeries();
    this.forgetAfterMs = rules.forgetAfter().toMillis();
  }

  /**
   * Whether a row of that series is let in.
   *
   * @param timeMs its event time
   * @param watermarkMs how far event time has come; the least long when unknown
   */
  public boolean admit(SeriesKey key, long timeMs, long watermarkMs) {
    if (watermarkMs > sweepFromMs) {
      long beforeMs = Math.max(watermarkMs, Long.MIN_VALUE + forgetAfterMs) - forgetAfterMs;
      seen.values().removeIf(lastMs -> lastMs < beforeMs);
      restored.values().removeIf(lastMs -> lastMs < beforeMs);
      sweepFromMs = Math.min(watermarkMs, Long.MAX_VALUE - forgetAfterMs) + forgetAfterMs / SWEEPS;
    }
    Long before = seen.get(key);
    if (before == null) {
      before = restored.remove(key);
      if (before == null && seen.size() >= most) {
        return false;
      }
    }
    if (before == null || timeMs > before) {
      seen.put(key, timeMs);
    } else {
      seen.putIfAbsent(key, before);
    }
    return true;
  }

  /** How many were seen here. */
  public int size() {
    return seen.size();
  }

  /** All that have a place, in no order. */
  public List<AdmittedKey> all() {
    List<AdmittedKey> all = new ArrayList<>(seen.size() + restored.size());
    seen.forEach((key, lastMs) -> all.add(new AdmittedKey(key, lastMs)));
    restored.forEach((key, lastMs) -> all.add(new AdmittedKey(key, lastMs)));
    return all;
  }

  /** Takes in one that had a place before. */
  public void restore(AdmittedKey admitted) {
    restored.merge(admitted.key(), admitted.lastSeenMs(), Math::max);
  }
}
