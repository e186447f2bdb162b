package io.tidewatch.analytics.quantile;

/**
 * Which bin a value belongs to: a logarithm cut into slots, such that one value stands for all of a
 * slot with a relative error of {@link QuantileSketch#RELATIVE_ERROR} at most.
 *
 * <p>The logarithm to base 2 is the exponent of the double plus a cubic polynomial of its
 * significand, with the coefficients that make the narrowest slot as wide as possible (C. Masson,
 * J. E. Rim, H. K. Lee, PVLDB 12(12), 2019, section 2.2, and the DDSketch libraries). It costs 1 %
 * more slots than the true logarithm and no call of one, and is the same on every JVM. The slots
 * are those of the libraries' cubic mapping, to the last bit of their borders.
 */
final class CubicMapping {

  /** P(s) = ((A s + B) s + C) s on [0, 1): P(0) = 0, P(1) = 1, slopes such that log₂ is met. */
  private static final double A = 6.0 / 35.0;

  private static final double B = -3.0 / 5.0;
  private static final double C = 10.0 / 7.0;

  /**
   * Slots a doubling: 7 / (10 ln γ), where γ = (1 + α) / (1 − α) and 10/7 is the least slope of the
   * polynomial against the natural logarithm. Written out because a logarithm may differ in its
   * last bit from JVM to JVM.
   */
  private static final double SLOTS_A_DOUBLING = 34.998833302220895;

  private static final long SIGNIFICAND = 0x000F_FFFF_FFFF_FFFFL;
  private static final long EXPONENT_OF_ONE = 0x3FF0_0000_0000_0000L;
  private static final int SIGNIFICAND_BITS = 52;
  private static final int EXPONENT_BIAS = 1023;

  /** The libraries' index of slot 0. */
  static final int FIRST_INDEX = index(QuantileSketch.LEAST_TRACKED);

  /** How many slots the tracked range has. */
  static final int SLOTS = index(QuantileSketch.GREATEST_TRACKED) - FIRST_INDEX + 1;

  /** What stands for the values of each slot: {@code (1 + α)} times its lower border. */
  private static final double[] VALUES = values();

  private CubicMapping() {}

  /**
   * The slot of a value.
   *
   * @param value within the tracked range
   */
  static int slot(double value) {
    return index(value) - FIRST_INDEX;
  }

  /** The value that stands for those of a slot. */
  static double value(int slot) {
    return VALUES[slot];
  }

  private static int index(double value) {
    long bits = Double.doubleToRawLongBits(value);
    double s = Double.longBitsToDouble((bits & SIGNIFICAND) | EXPONENT_OF_ONE) - 1;
    double log = ((A * s + B) * s + C) * s + ((int) (bits >>> SIGNIFICAND_BITS) - EXPONENT_BIAS);
    double index = log * SLOTS_A_DOUBLING;
    // Rounded down, but for the border of a negative index, which belongs below.
    return index >= 0 ? (int) index : (int) index - 1;
  }

  /** Borders by bisection over the bits of doubles, which ascend as the doubles do. */
  private static double[] values() {
    double[] values = new double[SLOTS];
    long below = Double.doubleToRawLongBits(QuantileSketch.LEAST_TRACKED / 2);
    long end = Double.doubleToRawLongBits(QuantileSketch.GREATEST_TRACKED) + 1;
    for (int slot = 0; slot < SLOTS; slot++) {
      long above = end;
      while (above - below > 1) {
        long middle = (below + above) >>> 1;
        if (index(Double.longBitsToDouble(middle)) - FIRST_INDEX < slot) {
          below = middle;
        } else {
          above = middle;
        }
      }
      values[slot] = Double.longBitsToDouble(above) * (1 + QuantileSketch.RELATIVE_ERROR);
    }
    return values;
  }
}
