package io.tidewatch.analytics.quantile;

/**
 * The requests of a pane: how many, how many failed, how long they took; mergeable.
 *
 * <p>An error is a status of 500 or above: the service failed. A 4xx is the client's mistake and
 * would let anyone with a wrong URL raise an alert.
 *
 * <p>The sum of durations is compensated (A. Neumaier, ZAMM 54, 1974), so that it is within 1e-12
 * of the exact one, however many panes it is merged from. Count, errors and max are exact; see
 * {@link QuantileSketch} for the quantiles. Memory: the sketch and 24 bytes. Mutable, not for use
 * by several threads.
 */
public final class LatencyPane {

  /** First status that says the service failed: RFC 9110, section 15.6. */
  private static final int FIRST_SERVER_ERROR = 500;

  private final QuantileSketch sketch;
  private long errors;
  private double sum;
  private double compensation;

  /** An empty pane. */
  public LatencyPane() {
    this(new QuantileSketch(), 0, 0, 0);
  }

  LatencyPane(QuantileSketch sketch, long errors, double sum, double compensation) {
    this.sketch = sketch;
    this.errors = errors;
    this.sum = sum;
    this.compensation = compensation;
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
    if (status >= FIRST_SERVER_ERROR) {
      errors++;
    }
    addToSum(durationMs);
  }

  /** Adds all requests of another pane, which stays as it is. */
  public void merge(LatencyPane from) {
    double theirCompensation = from.compensation;
    sketch.merge(from.sketch);
    errors += from.errors;
    addToSum(from.sum);
    compensation += theirCompensation;
  }

  private void addToSum(double value) {
    double next = sum + value;
    compensation += sum >= value ? (sum - next) + value : (value - next) + sum;
    sum = next;
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
    return Double.isInfinite(sum) ? sum : sum + compensation;
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

  /** An independent copy. */
  public LatencyPane copy() {
    return new LatencyPane(sketch.copy(), errors, sum, compensation);
  }

  QuantileSketch sketch() {
    return sketch;
  }

  /** What is summed without the correction. */
  double rawSum() {
    return sum;
  }

  double compensation() {
    return compensation;
  }

  @Override
  public String toString() {
    return "LatencyPane[errors=%d sum=%s %s]".formatted(errors, sumMs(), sketch);
  }
}
