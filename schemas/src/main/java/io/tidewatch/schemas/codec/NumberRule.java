package io.tidewatch.schemas.codec;

import org.jspecify.annotations.Nullable;

/** What a number must be; the answers are the middle of "must be …, was". */
final class NumberRule {
  private NumberRule() {}

  static String integerFrom(long min, long max) {
    return "an integer from %d to %d".formatted(min, max);
  }

  /** What the integer should have been; null when it is that. */
  static @Nullable String violated(long value, long min, long max) {
    return value < min || value > max ? integerFrom(min, max) : null;
  }

  /** What the number should have been, finite and of at least {@code min}; null when it is that. */
  static @Nullable String violated(double value, double min) {
    if (!Double.isFinite(value)) {
      return "a number within ±1.8e308";
    }
    return value < min ? "a number ≥ " + min : null;
  }
}
