package io.tidewatch.analytics.decide;

import io.tidewatch.schemas.derived.Suppression;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How far a value must be from what was expected, and which way, for a score beyond the threshold
 * to be worth a message. A detector says what is unusual; that a step of 0.1 ms is unusual and
 * matters to nobody, or that a latency that falls is good news, only people know.
 *
 * <p>A value that nothing was expected of is let through: a rule that cannot be held suppresses
 * nothing.
 *
 * @param direction which way
 * @param leastAbsolute least distance from what was expected, in the unit of the value, ≥ 0; 0: any
 * @param leastRelative least distance as a share of the amount of what was expected, ≥ 0; 0: any.
 *     Of an expected 0 any distance is more
 */
public record DeviationRule(Direction direction, double leastAbsolute, double leastRelative)
    implements Serializable {

  /** Lets all through. */
  public static final DeviationRule ANY = new DeviationRule(Direction.BOTH, 0, 0);

  public DeviationRule {
    requireLength("least_absolute", leastAbsolute);
    requireLength("least_relative", leastRelative);
  }

  private static void requireLength(String key, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s: must be ≥ 0, was %s".formatted(key, value));
    }
  }

  /**
   * Why this value is not worth a message, however unusual; null when it is.
   *
   * @param expected {@code NaN} where nothing was
   */
  public @Nullable Suppression suppresses(double value, double expected) {
    double departure = value - expected;
    if (Double.isNaN(departure)) {
      return null;
    }
    if (!direction.takes(departure)) {
      return Suppression.DIRECTION;
    }
    double least = Math.max(leastAbsolute, leastRelative * Math.abs(expected));
    return Math.abs(departure) < least ? Suppression.DEVIATION : null;
  }
}
