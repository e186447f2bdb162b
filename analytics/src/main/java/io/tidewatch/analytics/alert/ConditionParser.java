package io.tidewatch.analytics.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a condition by recursive descent, one method a line of the grammar:
 *
 * <pre>
 * condition = selector comparison number
 * selector  = NAME [ "{" [ matcher { "," matcher } [ "," ] ] "}" ]
 * matcher   = NAME ( "=" | "!=" | "=~" | "!~" ) TEXT
 * comparison = "&gt;" | "&lt;" | "&gt;=" | "&lt;=" | "==" | "!="
 * number    = [ "+" | "-" ] NUMBER
 * </pre>
 */
final class ConditionParser {

  private final String text;
  private final List<Token> tokens;
  private int next;

  ConditionParser(String text) {
    this.text = text;
    this.tokens = new Tokenizer(text).tokens();
  }

  Condition parse() {
    Condition condition = condition();
    if (peek().kind() != Token.Kind.END) {
      throw unexpected("the end");
    }
    return condition;
  }

  private Condition condition() {
    String metric = expect(Token.Kind.NAME, "a metric name").text();
    List<LabelMatcher> matchers = matchers();
    Comparison comparison = comparison();
    return new Condition(text, metric, matchers, comparison, number());
  }

  private List<LabelMatcher> matchers() {
    List<LabelMatcher> matchers = new ArrayList<>();
    if (!peek().isSymbol("{")) {
      return matchers;
    }
    next++;
    while (!peek().isSymbol("}")) {
      matchers.add(matcher());
      if (peek().isSymbol(",")) {
        next++;
      } else if (!peek().isSymbol("}")) {
        throw unexpected("',' or '}'");
      }
    }
    next++;
    return matchers;
  }

  private LabelMatcher matcher() {
    Token label = peek();
    if (label.kind() != Token.Kind.NAME || label.text().contains(":")) {
      throw unexpected("a label name or '}'");
    }
    next++;
    LabelMatcher.Operator operator = matcherOperator();
    Token value = expect(Token.Kind.TEXT, "a text in double quotes");
    try {
      return new LabelMatcher(label.text(), operator, value.text());
    } catch (PatternSyntaxException notAPattern) {
      throw new ExpressionException(
          value.column(),
          value.described() + " (" + notAPattern.getDescription() + ")",
          "a regular expression");
    }
  }

  private LabelMatcher.Operator matcherOperator() {
    for (LabelMatcher.Operator operator : LabelMatcher.Operator.values()) {
      if (peek().isSymbol(operator.symbol())) {
        next++;
        return operator;
      }
    }
    throw unexpected(
        oneOf(Stream.of(LabelMatcher.Operator.values()).map(LabelMatcher.Operator::symbol)));
  }

  private Comparison comparison() {
    for (Comparison comparison : Comparison.values()) {
      if (peek().isSymbol(comparison.symbol())) {
        next++;
        return comparison;
      }
    }
    throw unexpected(oneOf(Stream.of(Comparison.values()).map(Comparison::symbol)));
  }

  private double number() {
    boolean negative = peek().isSymbol("-");
    if (negative || peek().isSymbol("+")) {
      next++;
    }
    Token token = expect(Token.Kind.NUMBER, "a number");
    double number = Double.parseDouble(token.text());
    if (Double.isInfinite(number)) {
      throw new ExpressionException(token.column(), token.described(), "a number below 1.8e308");
    }
    return negative ? -number : number;
  }

  private Token expect(Token.Kind kind, String expected) {
    Token token = peek();
    if (token.kind() != kind) {
      throw unexpected(expected);
    }
    next++;
    return token;
  }

  private Token peek() {
    return tokens.get(next);
  }

  private ExpressionException unexpected(String expected) {
    return new ExpressionException(peek().column(), peek().described(), expected);
  }

  private static String oneOf(Stream<String> symbols) {
    return symbols.collect(Collectors.joining(" ", "one of ", ""));
  }
}
