package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An exponentially weighted mean that begins as a plain one, so that the first value counts no more
 * than those after it. 16 bytes.
 */
final class WeightedMean {
  private long count;
  private double mean;

  long count() {
    return count;
  }

  /** {@code NaN} of nothing. */
  double mean() {
    return count == 0 ? Double.NaN : mean;
  }

  /**
   * @param share weight of this one, once there are more than its inverse
   */
  void add(double value, double share) {
    count++;
    mean += Math.max(share, 1.0 / count) * (value - mean);
  }

  /** The share of each value when half of the weight is to lie on so many rows. */
  static double share(double halfLifeRows) {
    return 1 - StrictMath.pow(0.5, 1 / halfLifeRows);
  }

  /** Number of values (Varint) and mean (double). */
  void write(DataOutput out) throws IOException {
    Varint.write(count, out);
    out.writeDouble(mean);
  }

  static WeightedMean read(DataInput in) throws IOException {
    WeightedMean read = new WeightedMean();
    read.count = StateBytes.whole("values of a mean", in, Integer.MAX_VALUE);
    read.mean = StateBytes.finite("mean", in.readDouble());
    return read;
  }
}
