package io.tidewatch.benchmarks.workload;

import java.time.Duration;
import java.util.Random;

/**
 * The events of a run, the same for every variant: in each event-second every key has the same
 * number of records, interleaved, in order of time; values are lognormal around 20 (a latency in
 * milliseconds, 99th percentile ten times the median).
 *
 * @param keys how many keys
 * @param perKeyAndSecond records of a key in an event-second
 * @param overlap windows a record lies in; they slide by one second
 * @param sparseSeconds so many event-seconds at first hold one record a key only, so that all panes
 *     of a window exist before the measurement, without waiting for all their records
 * @param seconds event-seconds after which the input ends; {@link #ENDLESS} to be stopped
 */
public record Workload(int keys, int perKeyAndSecond, int overlap, int sparseSeconds, long seconds)
    implements Events {

  public static final long ENDLESS = Long.MAX_VALUE;
  public static final long SLIDE_MS = 1000;

  /** A multiple of every window size that is measured. */
  private static final long FIRST_MS = 1_800_000_000_000L;

  /** Enough values that no quantile repeats by accident, few enough for the second-level cache. */
  private static final int VALUES = 1 << 16;

  private static final double MEDIAN = 20;
  private static final int SEED = 42;

  /** Prime and above no number of keys that divides it: a stride through all keys. */
  private static final long STRIDE = 7919;

  public Duration windowSize() {
    return Duration.ofMillis(windowMs());
  }

  public long windowMs() {
    return overlap * SLIDE_MS;
  }

  /** Start of an event-second, milliseconds since the epoch. */
  public static long startMs(long second) {
    return FIRST_MS + second * SLIDE_MS;
  }

  /** Records of a key in that event-second. */
  public int perKey(long second) {
    return second < sparseSeconds ? 1 : perKeyAndSecond;
  }

  @Override
  public int records(long second) {
    return perKey(second) * keys;
  }

  @Override
  public long timeMs(long second, int i) {
    return startMs(second) + quotient(i * SLIDE_MS, records(second));
  }

  /** Neighbours in time belong to different keys. */
  public int key(int i) {
    long at = i * STRIDE;
    return (int) (at - quotient(at, keys) * keys);
  }

  /**
   * In doubles, which is a fraction of what a division of longs costs, so that the generator is not
   * what is measured. Exact: a quotient is further from the next whole number than it is rounded.
   */
  private static long quotient(long dividend, int divisor) {
    return (long) (dividend / (double) divisor);
  }

  @Override
  public int turn() {
    return keys;
  }

  @Override
  public int key(long second, int i) {
    return key(i);
  }

  /** Place in {@link #values} of the i-th record of an event-second. */
  public static int valueIndex(long second, int i) {
    return (i * 0x9E3779B9 + (int) second * 0x85EBCA6B) >>> 16;
  }

  /** The values that records take. */
  public static double[] values() {
    Random random = new Random(SEED);
    double[] values = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = MEDIAN * Math.exp(random.nextGaussian());
    }
    return values;
  }
}
