package io.tidewatch.analytics.alert.expr;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The condition of an alert rule over the metrics of one record of one series, for example {@code
 * error_rate{service="checkout",endpoint!~"/internal/.*"} > 5 and count >= 20}. Equal are those
 * written alike.
 */
public final class Expression implements Serializable {
  private static final long serialVersionUID = 1;

  private final String text;
  private final Term root;

  Expression(String text, Term root) {
    this.text = text;
    this.root = root;
  }

  /**
   * Reads {@code metric{label="x",other!="y"} op number}, {@code and}, {@code or}, {@code not} and
   * parentheses; or only {@code metric{…}}, for rules about silence. See {@link ExpressionParser}.
   *
   * @throws ExpressionException when the text is no such condition
   */
  public static Expression parse(String text) {
    return new ExpressionParser(text).parse();
  }

  /** As written. */
  public String text() {
    return text;
  }

  /** Whether the condition is about the series with these labels. */
  public boolean selects(Map<String, String> labels) {
    return root.selects(labels);
  }

  /**
   * What it says of a record.
   *
   * @param labels of the series
   * @param metrics value of a metric in the record, {@code NaN} when it has none of that name
   * @return unknown when the condition is not about the series, or a value that it takes is missing
   */
  public Verdict judge(Map<String, String> labels, ToDoubleFunction<String> metrics) {
    return root.selects(labels) ? root.judge(labels, metrics) : Verdict.UNKNOWN;
  }

  /** Whether nothing is compared: the condition never holds. */
  public boolean isSelector() {
    return root instanceof Selecting;
  }

  /** The only comparison there is; null when there are none or several, or it is negated. */
  public @Nullable Comparing single() {
    return root instanceof Comparing comparing ? comparing : null;
  }

  /** The same metric of the same series is no longer beyond another threshold. */
  public static Expression notBeyond(Comparing comparing, double threshold) {
    Comparing other = new Comparing(comparing.selector(), comparing.comparison(), threshold);
    String text =
        "not %s %s %s".formatted(comparing.selector(), comparing.comparison().symbol(), threshold);
    return new Expression(text, new Negation(other));
  }

  /** All selectors, in the order in which they are written. */
  public List<Selector> selectors() {
    List<Selector> selectors = new ArrayList<>();
    root.eachSelector(selectors::add);
    return selectors;
  }

  /** Names of all metrics, in the order in which they are written. */
  public Set<String> metrics() {
    Set<String> metrics = new LinkedHashSet<>();
    root.eachSelector(selector -> metrics.add(selector.metric()));
    return metrics;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Expression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
