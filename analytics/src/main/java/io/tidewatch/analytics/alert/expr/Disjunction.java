package io.tidewatch.analytics.alert.expr;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * {@code a or b}: about the series that any side selects. As in Prometheus, a side that does not
 * select the series, or whose value is not there, adds nothing; unknown when no side says anything.
 *
 * @param sides two or more
 */
record Disjunction(List<Term> sides) implements Term {

  Disjunction {
    sides = List.copyOf(sides);
  }

  @Override
  public boolean selects(Map<String, String> labels) {
    return sides.stream().anyMatch(side -> side.selects(labels));
  }

  @Override
  public Verdict judge(Map<String, String> labels, ToDoubleFunction<String> metrics) {
    Verdict first = Verdict.UNKNOWN;
    for (Term side : sides) {
      Verdict verdict = side.selects(labels) ? side.judge(labels, metrics) : Verdict.UNKNOWN;
      if (verdict.isTrue()) {
        return verdict;
      }
      first = first.isUnknown() ? verdict : first;
    }
    return first;
  }

  @Override
  public void eachSelector(Consumer<Selector> told) {
    sides.forEach(side -> side.eachSelector(told));
  }
}
