package io.tidewatch.analytics.model;

import java.util.Arrays;

/**
 * What changes of a key with each row.
 *
 * @param fingerprint of the features of its rows, see {@link FeatureSelection#fingerprint}
 * @param sampled rows in the history
 * @param learnt rows since the last training, or since the beginning where there was none
 * @param newestMs end of the newest window, milliseconds since the epoch; {@link #NO_ROW} before
 *     the first
 * @param renewedMs what was the newest when the model in use was taken up, or the first row where
 *     that came later; {@link #NO_ROW} before it
 * @param drift scores since drift was last looked at, in the bins of {@link PopulationStability}
 */
public record LifeCycle(
    long fingerprint, int sampled, long learnt, long newestMs, long renewedMs, long[] drift) {

  /** Before the first row. */
  public static final long NO_ROW = Long.MIN_VALUE;

  /** Of a key that begins. */
  public static LifeCycle begin(long fingerprint) {
    return new LifeCycle(fingerprint, 0, 0, NO_ROW, NO_ROW, new long[PopulationStability.BINS]);
  }

  /** A row was seen, whatever becomes of it. */
  public LifeCycle seen(long timeMs) {
    return new LifeCycle(
        fingerprint,
        sampled,
        learnt,
        Math.max(newestMs, timeMs),
        newestMs == NO_ROW ? timeMs : renewedMs,
        drift);
  }

  /** A row was learnt; the history holds so many now. */
  public LifeCycle learnt(int nowSampled) {
    return new LifeCycle(fingerprint, nowSampled, learnt + 1, newestMs, renewedMs, drift);
  }

  /** A row was scored. */
  public LifeCycle scored(int bin) {
    long[] counts = drift.clone();
    counts[bin]++;
    return new LifeCycle(fingerprint, sampled, learnt, newestMs, renewedMs, counts);
  }

  /** Drift was looked at. */
  public LifeCycle driftSeen() {
    return new LifeCycle(
        fingerprint, sampled, learnt, newestMs, renewedMs, new long[PopulationStability.BINS]);
  }

  /** Another model scores from now on, or could not be trained: all is counted anew. */
  public LifeCycle renewed() {
    return new LifeCycle(
        fingerprint, sampled, 0, newestMs, newestMs, new long[PopulationStability.BINS]);
  }

  /**
   * For how long the key has had its model, in milliseconds of event time. Not the age of what it
   * was trained from: a model that a person chose, or that was trained from history, would be
   * replaced at once.
   */
  public long ageMs() {
    return newestMs - renewedMs;
  }

  /** How many scores drift would be told of. */
  public long driftRows() {
    return Arrays.stream(drift).sum();
  }
}
