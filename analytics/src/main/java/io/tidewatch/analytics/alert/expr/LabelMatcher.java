package io.tidewatch.analytics.alert.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One demand on the labels of a series, as in Prometheus: a label that is absent counts as empty, a
 * pattern has to match the whole value. Patterns are those of RE2, as in Prometheus: matching takes
 * time linear in the value, whatever the pattern; back references and look-around are not in it.
 */
public final class LabelMatcher implements Serializable {
  private static final long serialVersionUID = 1;

  /** Longer than patterns get by hand; what RE2 makes of one is at most some hundred times that. */
  public static final int MAX_PATTERN_CHARS = 512;

  /** As in RE2: a pattern with counts in counts would fill the heap. */
  static final int MAX_REPEAT = 1_000;

  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{(\\d{0,9}),?(\\d{0,9})\\}");

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

  /**
   * Reads {@code label="x"}, one matcher as it stands in an expression.
   *
   * @throws ExpressionException when the text is no such matcher
   */
  public static LabelMatcher parse(String text) {
    return new ExpressionParser(text).parseMatcher();
  }

  /** The product of all counts of a pattern: no part of it is repeated more often by them. */
  static long repetitions(String pattern) {
    long product = 1;
    java.util.regex.Matcher count = COUNT.matcher(pattern);
    while (count.find() && product <= MAX_REPEAT) {
      product *= Math.max(1, Math.max(number(count.group(1)), number(count.group(2))));
    }
    return product;
  }

  private static long number(String digits) {
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
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
    boolean same = pattern == null ? value.equals(actual) : pattern.matches(actual);
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

  /** As it is written in an expression. */
  @Override
  public String toString() {
    String escaped =
        value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
    return label + operator.symbol() + '"' + escaped + '"';
  }
}
