package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.HeapBytes;

/**
 * What is told of requests besides quantiles: how many failed, how long they took together and the
 * longest of them. None of it but the errors can be subtracted exactly, all of it is cheap to
 * merge.
 *
 * <p>The sum is compensated (A. Neumaier, ZAMM 54, 1974), so that it is within 1e-12 of the exact
 * one, however many requests there are and however they were merged. Memory: 32 bytes. Mutable, not
 * for use by several threads.
 */
final class LatencyTotals {
  private long errors;
  private double sum;
  private double compensation;
  private double max;

  LatencyTotals() {}

  LatencyTotals(long errors, double sum, double compensation, double max) {
    this.errors = errors;
    this.sum = sum;
    this.compensation = compensation;
    this.max = max;
  }

  static HeapBytes heapBytes() {
    return HeapBytes.always(HeapBytes.ofObject(4 * Long.BYTES));
  }

  void add(double durationMs, boolean error) {
    if (error) {
      errors++;
    }
    addToSum(durationMs);
    if (durationMs > max) {
      max = durationMs;
    }
  }

  void merge(LatencyTotals from) {
    double theirCompensation = from.compensation;
    errors += from.errors;
    max = Math.max(max, from.max);
    addToSum(from.sum);
    compensation += theirCompensation;
  }

  private void addToSum(double value) {
    double next = sum + value;
    compensation += sum >= value ? (sum - next) + value : (value - next) + sum;
    sum = next;
  }

  long errors() {
    return errors;
  }

  /** In milliseconds; infinite when above the largest double. */
  double sumMs() {
    return Double.isInfinite(sum) ? sum : sum + compensation;
  }

  /** In milliseconds; 0 without a request. */
  double maxMs() {
    return max;
  }

  /** What is summed without the correction. */
  double rawSum() {
    return sum;
  }

  double compensation() {
    return compensation;
  }

  LatencyTotals copy() {
    return new LatencyTotals(errors, sum, compensation, max);
  }
}
