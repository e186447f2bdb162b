package io.tidewatch.analytics.alert;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One demand on the labels of a series, as in Prometheus: a label that is absent counts as empty, a
 * pattern ({@link java.util.regex.Pattern}) has to match the whole value. A pattern may take
 * exponential time on a value made for it; patterns come from the rules, whose authors are trusted.
 */
public final class LabelMatcher implements Serializable {
  private static final long serialVersionUID = 1;

  /** What is demanded. */
  public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    DOES_NOT_MATCH("!~");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** As it is written in an expression. */
    public String symbol() {
      return symbol;
    }

    boolean takesPattern() {
      return this == MATCHES || this == DOES_NOT_MATCH;
    }
  }

  private final String label;
  private final Operator operator;
  private final String value;
  private final @Nullable Pattern pattern;

  /**
   * @throws PatternSyntaxException when the operator takes a pattern and the value is none
   */
  public LabelMatcher(String label, Operator operator, String value) {
    this.label = label;
    this.operator = operator;
    this.value = value;
    this.pattern = operator.takesPattern() ? Pattern.compile(value) : null;
  }

  /** Name of the label. */
  public String label() {
    return label;
  }

  /** What is demanded. */
  public Operator operator() {
    return operator;
  }

  /** Value or pattern. */
  public String value() {
    return value;
  }

  /** Whether the labels meet the demand. */
  public boolean matches(Map<String, String> labels) {
    String actual = labels.getOrDefault(label, "");
    boolean same = pattern == null ? value.equals(actual) : pattern.matcher(actual).matches();
    return same == (operator == Operator.EQUAL || operator == Operator.MATCHES);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LabelMatcher that
        && label.equals(that.label)
        && operator == that.operator
        && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(label, operator, value);
  }

  @Override
  public String toString() {
    return label + operator.symbol() + '"' + value + '"';
  }
}
