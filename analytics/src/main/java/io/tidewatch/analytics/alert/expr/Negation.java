package io.tidewatch.analytics.alert.expr;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * {@code not a}: about the series that {@code a} selects; unknown when {@code a} is.
 *
 * @param term what is not to hold
 */
record Negation(Term term) implements Term {

  @Override
  public boolean selects(Map<String, String> labels) {
    return term.selects(labels);
  }

  @Override
  public Verdict judge(Map<String, String> labels, ToDoubleFunction<String> metrics) {
    return term.judge(labels, metrics).negated();
  }

  @Override
  public void eachSelector(Consumer<Selector> told) {
    term.eachSelector(told);
  }
}
