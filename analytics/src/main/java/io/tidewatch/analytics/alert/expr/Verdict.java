package io.tidewatch.analytics.alert.expr;

import org.jspecify.annotations.Nullable;

/**
 * What a condition says of one record, and which of its comparisons decided that: of several, the
 * first as written.
 *
 * @param truth whether it holds
 * @param by the comparison that decided; null when the truth is unknown, or nothing is compared
 * @param value what was compared, in the unit of the metric; {@code NaN} when unknown
 */
public record Verdict(Truth truth, @Nullable Comparing by, double value) {

  /** Nothing can be said. */
  static final Verdict UNKNOWN = new Verdict(Truth.UNKNOWN, null, Double.NaN);

  /** Whether the condition holds. */
  public boolean isTrue() {
    return truth == Truth.TRUE;
  }

  /** Whether nothing can be said. */
  public boolean isUnknown() {
    return truth == Truth.UNKNOWN;
  }

  Verdict negated() {
    return new Verdict(truth.negated(), by, value);
  }
}
