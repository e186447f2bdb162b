package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.exact.ExactMoments;
import io.tidewatch.analytics.window.HeapBytes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a pane: how many, how many failed, how long they took, which were the slowest;
 * mergeable, and but for the slowest subtractable.
 *
 * <p>An error is a status of 500 or above: the service failed. A 4xx is the client's mistake and
 * would let anyone with a wrong URL raise an alert.
 *
 * <p>Count, errors and max are exact; so is the sum of durations inside, {@link ExactMoments}, of
 * which is told the nearest double. The mean is within one unit in the last place; see {@link
 * QuantileSketch} for the quantiles. All of it depends on the requests alone, to the last bit, not
 * on their order nor on how they were cut into panes. Memory: the sketch, and 32 bytes for the sum
 * while durations are 0 or of 2^-14 to 2^18 ms, at most 560, and {@link SlowestTraces} once a
 * request has a trace id. Mutable, not for use by several threads; what does not change it may be
 * called by several.
 */
public final class LatencyPane {

  /** First status that says the service failed: RFC 9110, section 15.6. */
  private static final int FIRST_SERVER_ERROR = 500;

  private final QuantileSketch sketch;

  /** Of the durations in milliseconds, one column. */
  private final ExactMoments sum;

  private long errors;

  /** Null while no request has a trace id. */
  private @Nullable SlowestTraces slowest;

  /** An empty pane. */
  public LatencyPane() {
    this(new QuantileSketch(), ExactMoments.ofSums(1), 0, null);
  }

  /** Takes all over. */
  LatencyPane(
      QuantileSketch sketch, ExactMoments sum, long errors, @Nullable SlowestTraces slowest) {
    this.sketch = sketch;
    this.sum = sum;
    this.errors = errors;
    this.slowest = slowest;
  }

  /** Heap of a pane whose requests have trace ids. */
  static HeapBytes heapBytes() {
    return QuantileSketch.heapBytes()
        .plus(ExactMoments.heapBytesOfSums(1))
        .plus(SlowestTraces.heapBytes())
        .plus(HeapBytes.ofObject(3 * HeapBytes.REFERENCE + Long.BYTES));
  }

  /**
   * Adds one request of no known trace.
   *
   * @see #add(double, int, String)
   */
  public void add(double durationMs, int status) {
    add(durationMs, status, null);
  }

  /**
   * Adds one request.
   *
   * @param durationMs finite and not negative
   * @param status HTTP status
   * @param traceId null when unknown
   * @throws IllegalArgumentException when the duration is negative, infinite or {@code NaN}; the
   *     pane is as before
   */
  public void add(double durationMs, int status, @Nullable String traceId) {
    sketch.add(durationMs);
    sum.add(0, durationMs);
    if (status >= FIRST_SERVER_ERROR) {
      errors++;
    }
    if (traceId != null) {
      knownSlowest().add(durationMs, traceId);
    }
  }

  private SlowestTraces knownSlowest() {
    SlowestTraces known = slowest;
    if (known == null) {
      known = new SlowestTraces();
      slowest = known;
    }
    return known;
  }

  /** Adds all requests of another pane, which stays as it is. */
  public void merge(LatencyPane from) {
    mergeSubtractable(from);
    if (from.slowest != null) {
      knownSlowest().merge(from.slowest);
    }
  }

  /** Adds what {@link #subtract} takes out again: all but which requests are the slowest. */
  void mergeSubtractable(LatencyPane from) {
    sketch.merge(from.sketch);
    sum.merge(from.sum);
    errors += from.errors;
  }

  /**
   * Takes out the requests of another pane, all of which were added to this one before. What is
   * left does not tell which of its requests are the slowest: {@link #maxMs} and {@link #traceIds}
   * stay as they were, {@code maxMs} unless there is none.
   *
   * @throws IllegalArgumentException when the part cannot have been added before
   */
  public void subtract(LatencyPane part) {
    sketch.subtract(part.sketch, sketch.max());
    sum.subtract(part.sum);
    errors -= part.errors;
  }

  /**
   * Sets what {@link #subtract} does not know.
   *
   * @param traces not copied
   */
  void slowest(double durationMs, @Nullable SlowestTraces traces) {
    sketch.greatest(durationMs);
    slowest = traces;
  }

  /** How many requests. */
  public long count() {
    return sketch.count();
  }

  /** How many of them were answered with a status of 500 or above. */
  public long errors() {
    return errors;
  }

  /** Sum of the durations in milliseconds; 0 when empty, infinite when above the largest double. */
  public double sumMs() {
    return sum.sum(0);
  }

  /** Mean duration in milliseconds, never above {@link #maxMs}; {@code NaN} when empty. */
  public double meanMs() {
    return sum.mean(0);
  }

  /** Longest duration in milliseconds; {@code NaN} when empty. */
  public double maxMs() {
    return sketch.max();
  }

  /**
   * The traces of the slowest requests of which one is known, the slowest first; at most {@value
   * SlowestTraces#KEPT}.
   */
  public List<String> traceIds() {
    return slowest == null ? List.of() : slowest.ids();
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
    return new LatencyPane(
        sketch.copy(), sum.copy(), errors, slowest == null ? null : slowest.copy());
  }

  QuantileSketch sketch() {
    return sketch;
  }

  ExactMoments sum() {
    return sum;
  }

  @Nullable SlowestTraces slowest() {
    return slowest;
  }

  /** Whether it is of the same requests, as far as a pane tells them apart. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LatencyPane that
        && errors == that.errors
        && sum.equals(that.sum)
        && sketch.equals(that.sketch)
        && Objects.equals(slowest, that.slowest);
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(errors) * 31 + sum.hashCode()) * 31 + sketch.hashCode();
  }

  @Override
  public String toString() {
    return "LatencyPane[errors=%d sum=%s %s slowest=%s]"
        .formatted(errors(), sumMs(), sketch, traceIds());
  }
}
