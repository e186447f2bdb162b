package io.tidewatch.analytics.alert.expr;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * A metric held against a threshold.
 *
 * @param selector which metric of which series
 * @param comparison how the value is held against the threshold
 * @param threshold finite, in the unit of the metric
 */
public record Comparing(Selector selector, Comparison comparison, double threshold)
    implements Term {

  /** Whether the value meets the comparison; {@code NaN} never does. */
  public boolean holds(double value) {
    return comparison.holds(value, threshold);
  }

  @Override
  public boolean selects(Map<String, String> labels) {
    return selector.selects(labels);
  }

  @Override
  public Verdict judge(Map<String, String> labels, ToDoubleFunction<String> metrics) {
    double value = metrics.applyAsDouble(selector.metric());
    return Double.isNaN(value)
        ? Verdict.UNKNOWN
        : new Verdict(holds(value) ? Truth.TRUE : Truth.FALSE, this, value);
  }

  @Override
  public void eachSelector(Consumer<Selector> told) {
    told.accept(selector);
  }
}
