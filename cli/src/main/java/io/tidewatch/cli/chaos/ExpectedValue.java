package io.tidewatch.cli.chaos;

/**
 * A number as plain Java computes it.
 *
 * @param value may be {@code NaN}, which a row holds as null
 * @param tolerance greatest difference that is right
 */
record ExpectedValue(double value, double tolerance) {
  /** Relative, and absolute below 1: what two passes over doubles may differ by. */
  private static final double EXACT = 1e-9;

  /** The guarantee of the sketch, and room for the last digit of its bounds. */
  private static final double SKETCH = 0.01 + 1e-9;

  static ExpectedValue exact(double value) {
    return new ExpectedValue(value, EXACT * Math.max(1, Math.abs(value)));
  }

  static ExpectedValue sketched(double value) {
    return new ExpectedValue(value, SKETCH * value);
  }

  boolean admits(double got) {
    return Double.isNaN(value) ? Double.isNaN(got) : Math.abs(got - value) <= tolerance;
  }
}
