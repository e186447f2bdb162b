package io.tidewatch.analytics.alert.expr;

import java.io.Serializable;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** A part of a condition. */
sealed interface Term extends Serializable
    permits Comparing, Selecting, Conjunction, Disjunction, Negation {

  /** Whether it says anything of a series with these labels. */
  boolean selects(Map<String, String> labels);

  /**
   * What it says of a record of a series it selects.
   *
   * @param metrics value of a metric in the record, {@code NaN} when it has none
   */
  Verdict judge(Map<String, String> labels, ToDoubleFunction<String> metrics);

  /** Tells all selectors, in the order in which they are written. */
  void eachSelector(Consumer<Selector> told);
}
