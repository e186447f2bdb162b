package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.window.Varint;
import java.io.DataInput;
import java.io.IOException;

/** Numbers of a stored detector, none of them believed. */
final class StateBytes {
  /** What a row each second makes of 34 years. */
  static final int MOST_ROWS = 1 << 30;

  private StateBytes() {}

  /** A whole number from 0 to {@code most}. */
  static int whole(String what, DataInput in, int most) throws IOException {
    return within(what, Varint.read(in), most);
  }

  static int within(String what, long value, int most) throws IOException {
    if (value < 0 || value > most) {
      throw new IOException("detector: %s must be 0 to %d, was %d".formatted(what, most, value));
    }
    return (int) value;
  }

  static double finite(String what, double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw new IOException("detector: %s must be finite, was %s".formatted(what, value));
    }
    return value;
  }

  static float finite(String what, float value) throws IOException {
    finite(what, (double) value);
    return value;
  }
}
