package io.tidewatch.analytics.alert;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The condition of an alert rule: a metric of the series that meet all matchers, held against a
 * threshold, for example {@code error_rate{service="checkout",endpoint!~"/internal/.*"} > 5}.
 *
 * @param text as written
 * @param metric name of the metric
 * @param matchers demands on the labels of the series, may be empty
 * @param comparison how the value is held against the threshold
 * @param threshold finite, in the unit of the metric
 */
public record Condition(
    String text,
    String metric,
    List<LabelMatcher> matchers,
    Comparison comparison,
    double threshold)
    implements Serializable {

  public Condition {
    matchers = List.copyOf(matchers);
  }

  /**
   * Reads {@code metric{label="x",other!="y"} op number}; see {@link ConditionParser}.
   *
   * @throws ExpressionException when the text is not such a condition
   */
  public static Condition parse(String text) {
    return new ConditionParser(text).parse();
  }

  /** Whether the condition is about the series with these labels. */
  public boolean selects(Map<String, String> labels) {
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the value meets the condition; {@code NaN} never does. */
  public boolean holds(double value) {
    return comparison.holds(value, threshold);
  }
}
