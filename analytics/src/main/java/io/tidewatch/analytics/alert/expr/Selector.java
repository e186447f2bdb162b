package io.tidewatch.analytics.alert.expr;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A metric of the series that meet all matchers.
 *
 * @param metric name of the metric
 * @param matchers demands on the labels of the series, may be empty
 */
public record Selector(String metric, List<LabelMatcher> matchers) implements Serializable {

  public Selector {
    matchers = List.copyOf(matchers);
  }

  /** Whether a series with these labels is meant. */
  public boolean selects(Map<String, String> labels) {
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** As it is written in an expression. */
  @Override
  public String toString() {
    return matchers.isEmpty()
        ? metric
        : metric
            + matchers.stream()
                .map(LabelMatcher::toString)
                .collect(Collectors.joining(",", "{", "}"));
  }
}
