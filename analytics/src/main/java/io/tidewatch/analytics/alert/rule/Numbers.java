package io.tidewatch.analytics.alert.rule;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people. */
public final class Numbers {

  /** Six significant digits: more than anyone reads in a sentence. */
  private static final MathContext FOR_PEOPLE = new MathContext(6);

  /** Beyond this many digits before or behind the point a number is written with an exponent. */
  private static final int PLAIN_DIGITS = 15;

  private Numbers() {}

  /** The shortest text that stands for this very number, without exponent where that is short. */
  public static String exact(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    boolean plain =
        exact.precision() - exact.scale() <= PLAIN_DIGITS && exact.scale() <= PLAIN_DIGITS;
    return plain ? exact.toPlainString() : Double.toString(value);
  }

  /** The number with six significant digits; one that is not finite as it is. */
  public static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(FOR_PEOPLE).doubleValue() : value;
  }
}
