package io.tidewatch.schemas.scale;

/** A method of normalisation and what it needs beside the statistics. */
public sealed interface Scaling {

  /**
   * The least value that was fitted becomes {@code lower}, the greatest {@code upper}; values
   * beyond lie beyond.
   *
   * @param lower finite
   * @param upper greater than {@code lower}, by a finite difference
   */
  record MinMax(double lower, double upper) implements Scaling {
    public MinMax {
      if (!Double.isFinite(lower)) {
        throw new IllegalArgumentException("lower: must be finite, was " + lower);
      }
      if (!(upper > lower) || !Double.isFinite(upper - lower)) {
        throw new IllegalArgumentException(
            "upper: must be > lower (%s) by a finite difference, was %s".formatted(lower, upper));
      }
    }

    /** The usual target range. */
    public static final MinMax ZERO_TO_ONE = new MinMax(0, 1);
  }

  /** The mean becomes 0, one standard deviation 1. */
  record ZScore() implements Scaling {}
}
