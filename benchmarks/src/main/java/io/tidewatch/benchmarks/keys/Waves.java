package io.tidewatch.benchmarks.keys;

import io.tidewatch.benchmarks.workload.Events;
import io.tidewatch.benchmarks.workload.Workload;

/**
 * Keys that come, stay for a while and fall silent until all their windows have fired, wave after
 * wave, each with keys that were never there before. The first wave is a small one, so that classes
 * are loaded and compiled when the base is measured.
 *
 * @param warmUpKeys keys of the first wave
 * @param keys keys of each later wave
 * @param perKeyAndSecond records of a key in an active event-second; {@link #ONCE} for a single
 *     record a key
 * @param activeSeconds event-seconds in which the keys of a wave come
 * @param windowSeconds length of the windows
 */
record Waves(int warmUpKeys, int keys, int perKeyAndSecond, int activeSeconds, int windowSeconds)
    implements Events {
  private static final long serialVersionUID = 1;

  /** Each key comes once, spread evenly over the active seconds. */
  static final int ONCE = 0;

  /** Prime, so that neighbours in time are different keys. */
  private static final long STRIDE = 7919;

  /** Event-second in which a wave begins, also start of a window. */
  long begin(int wave) {
    return (long) wave * period();
  }

  /** Event-second after the last record of a wave. */
  long full(int wave) {
    return begin(wave) + activeSeconds;
  }

  /** The watermark has a millisecond of disorder, so the last window fires a second later. */
  private int period() {
    int needed = activeSeconds + windowSeconds + 1;
    return -Math.floorDiv(-needed, windowSeconds) * windowSeconds;
  }

  private int keysOf(long second) {
    return second < period() ? warmUpKeys : keys;
  }

  private int firstKey(long second) {
    return second < period() ? 0 : warmUpKeys + (int) (second / period() - 1) * keys;
  }

  /** Keys of this wave that came before an active second. */
  private int before(long second, long active) {
    return (int) (keysOf(second) * active / activeSeconds);
  }

  @Override
  public long seconds() {
    return Workload.ENDLESS;
  }

  @Override
  public int turn() {
    return keys;
  }

  @Override
  public int records(long second) {
    long active = second % period();
    if (active >= activeSeconds) {
      return 0;
    }
    return perKeyAndSecond == ONCE
        ? before(second, active + 1) - before(second, active)
        : keysOf(second) * perKeyAndSecond;
  }

  @Override
  public long timeMs(long second, int i) {
    return Workload.startMs(second) + i * Workload.SLIDE_MS / records(second);
  }

  @Override
  public int key(long second, int i) {
    return firstKey(second)
        + (perKeyAndSecond == ONCE
            ? before(second, second % period()) + i
            : (int) (i * STRIDE % keysOf(second)));
  }

  /** A millisecond of disorder: the pane of the second is full but not closed. */
  @Override
  public long watermarkMs(long second) {
    return Workload.startMs(second + 1) - 2;
  }
}
