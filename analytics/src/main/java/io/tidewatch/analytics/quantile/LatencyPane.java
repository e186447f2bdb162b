package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.HeapBytes;

/**
 * The requests of a pane: how many, how many failed, how long they took; mergeable.
 *
 * <p>An error is a status of 500 or above: the service failed. A 4xx is the client's mistake and
 * would let anyone with a wrong URL raise an alert.
 *
 * <p>Count, errors and max are exact, the sum of durations is within 1e-12 of the exact one,
 * however many panes it is merged from; see {@link QuantileSketch} for the quantiles. Memory: the
 * sketch and 32 bytes. Mutable, not for use by several threads.
 */
public final class LatencyPane {

  /** First status that says the service failed: RFC 9110, section 15.6. */
  private static final int FIRST_SERVER_ERROR = 500;

  private final QuantileSketch sketch;
  private final LatencyTotals totals;

  /** An empty pane. */
  public LatencyPane() {
    this(new QuantileSketch(), new LatencyTotals());
  }

  /** Takes both over. */
  LatencyPane(QuantileSketch sketch, LatencyTotals totals) {
    this.sketch = sketch;
    this.totals = totals;
  }

  /** Heap of a pane. */
  static HeapBytes heapBytes() {
    return QuantileSketch.heapBytes()
        .plus(LatencyTotals.heapBytes())
        .plus(HeapBytes.ofObject(2 * HeapBytes.REFERENCE));
  }

  /**
   * Adds one request.
   *
   * @param durationMs finite and not negative
   * @param status HTTP status
   * @throws IllegalArgumentException when the duration is negative, infinite or {@code NaN}; the
   *     pane is as before
   */
  public void add(double durationMs, int status) {
    sketch.add(durationMs);
    totals.add(durationMs, status >= FIRST_SERVER_ERROR);
  }

  /** Adds all requests of another pane, which stays as it is. */
  public void merge(LatencyPane from) {
    sketch.merge(from.sketch);
    totals.merge(from.totals);
  }

  /** How many requests. */
  public long count() {
    return sketch.count();
  }

  /** How many of them were answered with a status of 500 or above. */
  public long errors() {
    return totals.errors();
  }

  /** Sum of the durations in milliseconds; 0 when empty, infinite when above the largest double. */
  public double sumMs() {
    return totals.sumMs();
  }

  /** Mean duration in milliseconds, never above {@link #maxMs}; {@code NaN} when empty. */
  public double meanMs() {
    return Math.min(sumMs() / count(), maxMs());
  }

  /** Longest duration in milliseconds; {@code NaN} when empty. */
  public double maxMs() {
    return sketch.max();
  }

  /** A quantile of the durations in milliseconds; {@code NaN} when empty. */
  public double quantileMs(double q) {
    return sketch.quantile(q);
  }

  /** Several quantiles in ascending order, see {@link QuantileSketch#quantiles}. */
  public double[] quantilesMs(double... ascending) {
    return sketch.quantiles(ascending);
  }

  /** An independent copy. */
  public LatencyPane copy() {
    return new LatencyPane(sketch.copy(), totals.copy());
  }

  QuantileSketch sketch() {
    return sketch;
  }

  LatencyTotals totals() {
    return totals;
  }

  @Override
  public String toString() {
    return "LatencyPane[errors=%d sum=%s %s]".formatted(errors(), sumMs(), sketch);
  }
}
