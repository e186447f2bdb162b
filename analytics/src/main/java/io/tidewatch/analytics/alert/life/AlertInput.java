package io.tidewatch.analytics.alert.life;

import io.tidewatch.analytics.alert.expr.Truth;
import io.tidewatch.analytics.alert.expr.Verdict;

/** What may happen to an alert. All times are event times in milliseconds since the epoch. */
public sealed interface AlertInput {

  /**
   * A record of the series. One not later than the last is a repetition and changes nothing.
   *
   * @param timeMs when
   * @param samples how many measurements are behind it
   * @param verdict what the condition says of it; unknown: it is no sample
   * @param clear what the rule's {@code clear} says of it; not looked at where there is none
   */
  record Sample(long timeMs, long samples, Verdict verdict, Truth clear) implements AlertInput {}

  /**
   * All records up to and including that time have been told.
   *
   * @param nowMs when
   * @param last whether there will be none any more: then nobody is silent
   */
  record Time(long nowMs, boolean last) implements AlertInput {}

  /**
   * By the clock on the wall nothing came from any series for as long as {@code absent_for}; event
   * time stands still.
   */
  record TopicSilent() implements AlertInput {}

  /**
   * What keeps people from being told may have changed.
   *
   * @param timeMs when
   */
  record QuietChanged(long timeMs) implements AlertInput {}

  /**
   * The rule is gone.
   *
   * @param replaced whether another version takes its place
   */
  record RuleGone(boolean replaced) implements AlertInput {}
}
