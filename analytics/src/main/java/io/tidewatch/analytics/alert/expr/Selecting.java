package io.tidewatch.analytics.alert.expr;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Only a selector, for rules about silence: a record with a value is as it should be.
 *
 * @param selector which metric of which series
 */
record Selecting(Selector selector) implements Term {

  @Override
  public boolean selects(Map<String, String> labels) {
    return selector.selects(labels);
  }

  @Override
  public Verdict judge(Map<String, String> labels, ToDoubleFunction<String> metrics) {
    double value = metrics.applyAsDouble(selector.metric());
    return Double.isNaN(value) ? Verdict.UNKNOWN : new Verdict(Truth.FALSE, null, value);
  }

  @Override
  public void eachSelector(Consumer<Selector> told) {
    told.accept(selector);
  }
}
