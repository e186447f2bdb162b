package io.tidewatch.analytics.alert.expr;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a condition by recursive descent, one method a line of the grammar:
 *
 * <pre>
 * expression  = disjunction | selector
 * disjunction = conjunction { "or" conjunction }
 * conjunction = negation { "and" negation }
 * negation    = "not" negation | primary
 * primary     = "(" disjunction ")" | selector comparison number
 * selector    = NAME [ "{" [ matcher { "," matcher } [ "," ] ] "}" ]
 * matcher     = NAME ( "=" | "!=" | "=~" | "!~" ) TEXT
 * comparison  = "&gt;" | "&lt;" | "&gt;=" | "&lt;=" | "==" | "!="
 * number      = [ "+" | "-" ] NUMBER
 * </pre>
 *
 * <p>Limits, so that no text costs more than a moment: {@value #MAX_CHARS} chars, {@value
 * #MAX_DEPTH} levels of parentheses and {@code not}, {@value LabelMatcher#MAX_PATTERN_CHARS} chars
 * of a pattern.
 */
final class ExpressionParser {
  /** As long as the event that tells of it may repeat it. */
  static final int MAX_CHARS = 4_096;

  /** Deeper than anybody reads, far from the end of the stack. */
  static final int MAX_DEPTH = 32;

  private final String text;
  private final List<Token> tokens;
  private int next;
  private int depth;

  ExpressionParser(String text) {
    if (text.length() > MAX_CHARS) {
      throw new ExpressionException(
          new Place(1, 1), text.length() + " characters", "at most " + MAX_CHARS + " characters");
    }
    this.text = text;
    this.tokens = new Tokenizer(text).tokens();
  }

  Expression parse() {
    Expression expression =
        new Expression(text.strip(), isSelector() ? selecting() : disjunction());
    if (peek().kind() != Token.Kind.END) {
      throw unexpected("'and', 'or' or the end");
    }
    return expression;
  }

  /** Whether a selector is all there is; a mistake in it shows where it stands. */
  private boolean isSelector() {
    if (!startsSelector()) {
      return false;
    }
    selector();
    boolean all = peek().kind() == Token.Kind.END;
    next = 0;
    return all;
  }

  private boolean startsSelector() {
    return peek().kind() == Token.Kind.NAME && !peek().isWord("not");
  }

  private Term selecting() {
    return new Selecting(selector());
  }

  private Term disjunction() {
    return joined("or", this::conjunction, Disjunction::new);
  }

  private Term conjunction() {
    return joined("and", this::negation, Conjunction::new);
  }

  private Term joined(String word, Supplier<Term> side, Function<List<Term>, Term> join) {
    Term first = side.get();
    if (!peek().isWord(word)) {
      return first;
    }
    List<Term> sides = new ArrayList<>(List.of(first));
    while (peek().isWord(word)) {
      next++;
      sides.add(side.get());
    }
    return join.apply(sides);
  }

  private Term negation() {
    if (!peek().isWord("not")) {
      return primary();
    }
    return deeper(() -> new Negation(negation()));
  }

  private Term primary() {
    if (peek().isSymbol("(")) {
      return deeper(
          () -> {
            Term inner = disjunction();
            if (!peek().isSymbol(")")) {
              throw unexpected("'and', 'or' or ')'");
            }
            next++;
            return inner;
          });
    }
    Selector selector = selector();
    return new Comparing(selector, comparison(), number());
  }

  /** Takes the token that leads one level down, and what is there. */
  private Term deeper(Supplier<Term> inner) {
    if (depth == MAX_DEPTH) {
      throw unexpected("at most " + MAX_DEPTH + " levels of parentheses and 'not'");
    }
    next++;
    depth++;
    Term term = inner.get();
    depth--;
    return term;
  }

  private Selector selector() {
    Token metric = peek();
    if (metric.kind() != Token.Kind.NAME || isReserved(metric)) {
      throw unexpected("a metric name, 'not' or '('");
    }
    next++;
    return new Selector(metric.text(), matchers());
  }

  private static boolean isReserved(Token name) {
    return name.isWord("and") || name.isWord("or") || name.isWord("not");
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

  /** One matcher and nothing else: as in a list of matchers outside of an expression. */
  LabelMatcher parseMatcher() {
    LabelMatcher matcher = matcher();
    if (peek().kind() != Token.Kind.END) {
      throw unexpected("the end");
    }
    return matcher;
  }

  private LabelMatcher matcher() {
    Token label = peek();
    if (label.kind() != Token.Kind.NAME || label.text().contains(":")) {
      throw unexpected("a label name or '}'");
    }
    next++;
    LabelMatcher.Operator operator = matcherOperator();
    Token value = expect(Token.Kind.TEXT, "a text in double quotes");
    if (operator.takesPattern() && value.text().length() > LabelMatcher.MAX_PATTERN_CHARS) {
      throw new ExpressionException(
          value.at(),
          value.text().length() + " characters",
          "a regular expression of at most " + LabelMatcher.MAX_PATTERN_CHARS + " characters");
    }
    if (operator.takesPattern()
        && LabelMatcher.repetitions(value.text()) > LabelMatcher.MAX_REPEAT) {
      throw new ExpressionException(
          value.at(),
          value.described(),
          "a regular expression that repeats nothing more than "
              + LabelMatcher.MAX_REPEAT
              + " times");
    }
    try {
      return new LabelMatcher(label.text(), operator, value.text());
    } catch (PatternSyntaxException notAPattern) {
      throw new ExpressionException(
          value.at(),
          value.described() + " (" + notAPattern.getDescription() + ")",
          "a regular expression of RE2");
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
      throw new ExpressionException(token.at(), token.described(), "a number below 1.8e308");
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
    return new ExpressionException(peek().at(), peek().described(), expected);
  }

  private static String oneOf(Stream<String> symbols) {
    return symbols.collect(Collectors.joining(" ", "one of ", ""));
  }
}
