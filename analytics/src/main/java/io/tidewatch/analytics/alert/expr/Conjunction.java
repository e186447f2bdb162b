package io.tidewatch.analytics.alert.expr;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * {@code a and b}: about the series that all sides select, as in Prometheus. False as soon as one
 * side is, unknown when a side is unknown and none is false.
 *
 * @param sides two or more
 */
record Conjunction(List<Term> sides) implements Term {

  Conjunction {
    sides = List.copyOf(sides);
  }

  @Override
  public boolean selects(Map<String, String> labels) {
    return sides.stream().allMatch(side -> side.selects(labels));
  }

  @Override
  public Verdict judge(Map<String, String> labels, ToDoubleFunction<String> metrics) {
    Verdict first = Verdict.UNKNOWN;
    boolean unknown = false;
    for (Term side : sides) {
      Verdict verdict = side.judge(labels, metrics);
      if (verdict.truth() == Truth.FALSE) {
        return verdict;
      }
      unknown |= verdict.isUnknown();
      first = first.isUnknown() ? verdict : first;
    }
    return unknown ? Verdict.UNKNOWN : first;
  }

  @Override
  public void eachSelector(Consumer<Selector> told) {
    sides.forEach(side -> side.eachSelector(told));
  }
}
