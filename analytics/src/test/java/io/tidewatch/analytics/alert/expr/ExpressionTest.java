package io.tidewatch.analytics.alert.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Map<String, Double> VALUES = Map.of("one", 1.0, "two", 2.0, "ten", 10.0);

  @Test
  void readsMetricMatchersComparisonAndNumber() {
    String text =
        " error_rate { service=\"shop\", endpoint!~\"/internal/.*\" ,method =~\"GET|PUT\","
            + "zone!=\"a\\\"\\\\\\n\\t\", } >= -2.5e1 ";
    Expression expression = Expression.parse(text);
    assertThat(expression.text()).isEqualTo(text.strip());
    assertThat(expression.single())
        .isEqualTo(
            new Comparing(
                new Selector(
                    "error_rate",
                    List.of(
                        new LabelMatcher("service", LabelMatcher.Operator.EQUAL, "shop"),
                        new LabelMatcher(
                            "endpoint", LabelMatcher.Operator.DOES_NOT_MATCH, "/internal/.*"),
                        new LabelMatcher("method", LabelMatcher.Operator.MATCHES, "GET|PUT"),
                        new LabelMatcher("zone", LabelMatcher.Operator.NOT_EQUAL, "a\"\\\n\t"))),
                Comparison.GREATER_OR_EQUAL,
                -25));
  }

  @Test
  void whatIsWrittenOfASelectorCanBeReadAgain() {
    String text = "x{a=\"1\",b=~\"y.*\",c!=\"\\\"\\\\\\n\\t\"} > 1";
    Comparing single = single(text);
    assertThat(single(single.selector() + " > 1")).isEqualTo(single);
    assertThat(single("x > 1").selector()).hasToString("x");
  }

  @ParameterizedTest
  @CsvSource({
    "5,5",
    "0,0",
    "+5,5",
    "-5,-5",
    "- 5,-5",
    "5.25,5.25",
    ".5,0.5",
    "5.,5",
    "1e3,1000",
    "1E-3,0.001",
    "2.5e+2,250"
  })
  void readsDecimalNumbersWithSignAndExponent(String text, double number) {
    assertThat(single("x >" + text).threshold()).isEqualTo(number);
    assertThat(single("x{}>" + text).threshold()).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    ">,  false, false, true",
    ">=, false, true,  true",
    "<,  true,  false, false",
    "<=, true,  true,  false",
    "==, false, true,  false",
    "!=, true,  false, true"
  })
  void holdsTheValueAgainstTheThreshold(String op, boolean below, boolean at, boolean above) {
    Comparing comparing = single("x " + op + " 5");
    assertThat(comparing.holds(4.9)).isEqualTo(below);
    assertThat(comparing.holds(5)).isEqualTo(at);
    assertThat(comparing.holds(5.1)).isEqualTo(above);
    assertThat(comparing.holds(Double.NaN)).as("NaN").isFalse();
    assertThat(comparing.comparison().symbol()).isEqualTo(op);
    assertThat(comparing.comparison().isOneSided()).isEqualTo(below != above);
  }

  @ParameterizedTest
  @CsvSource({
    "one > 0,                              TRUE,  one,  1",
    "one > 1,                              FALSE, one,  1",
    "none > 1,                             UNKNOWN, ,",
    "one > 0 and two > 1,                  TRUE,  one,  1",
    "one > 0 and two > 2,                  FALSE, two,  2",
    "one > 0 and none > 2,                 UNKNOWN, ,",
    "one > 1 and none > 2,                 FALSE, one,  1",
    "none > 2 and one > 1,                 FALSE, one,  1",
    "one > 1 or two > 1,                   TRUE,  two,  2",
    "one > 1 or two > 2,                   FALSE, one,  1",
    "one > 1 or none > 2,                  FALSE, one,  1",
    "none > 1 or none > 2,                 UNKNOWN, ,",
    "not one > 1,                          TRUE,  one,  1",
    "not one > 0,                          FALSE, one,  1",
    "not none > 0,                         UNKNOWN, ,",
    "not not one > 0,                      TRUE,  one,  1",
    "one > 0 or one > 0 and ten > 10,      TRUE,  one,  1",
    "(one > 0 or one > 0) and ten > 10,    FALSE, ten,  10",
    "not one > 1 and two > 1,              TRUE,  one,  1",
    "not (one > 1 and two > 1),            TRUE,  one,  1",
    "one == 1 and two == 2 and ten != 9,   TRUE,  one,  1",
    "one == 1 and two == 2 and ten != 10,  FALSE, ten,  10"
  })
  void judgesARecordByAndOrNotAndParentheses(
      String text, Truth truth, String decisive, Double value) {
    Verdict verdict = judged(text, Map.of());
    assertThat(verdict.truth()).isEqualTo(truth);
    if (truth == Truth.UNKNOWN) {
      assertThat(verdict.by()).isNull();
      assertThat(verdict.value()).isNaN();
    } else {
      assertThat(Objects.requireNonNull(verdict.by()).selector().metric()).isEqualTo(decisive);
      assertThat(verdict.value()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "one{a=\"1\"} > 0; TRUE",
        "one{a=\"2\"} > 0; UNKNOWN",
        "not one{a=\"2\"} > 0; UNKNOWN",
        "one{a=\"1\"} > 0 and two{a=\"2\"} > 0; UNKNOWN",
        "one{a=\"1\"} > 1 and two{a=\"2\"} > 0; UNKNOWN",
        "one{a=\"1\"} > 0 or two{a=\"2\"} > 0; TRUE",
        "one{a=\"2\"} > 0 or two{a=\"1\"} > 2; FALSE",
        "one{a=\"2\"} > 0 or two{a=\"2\"} > 0; UNKNOWN"
      })
  void aSideThatDoesNotSelectTheSeriesAddsNothing(String text, Truth truth) {
    assertThat(judged(text, Map.of("a", "1")).truth()).isEqualTo(truth);
    assertThat(Expression.parse(text).selects(Map.of("a", "1"))).isEqualTo(truth != Truth.UNKNOWN);
  }

  @Test
  void aSelectorAloneNeverHolds() {
    Expression selector = Expression.parse(" one{a=\"1\"} ");
    assertThat(selector.isSelector()).isTrue();
    assertThat(selector.single()).isNull();
    assertThat(selector.judge(Map.of("a", "1"), VALUES::get).truth()).isEqualTo(Truth.FALSE);
    assertThat(selector.judge(Map.of("a", "2"), VALUES::get).isUnknown()).isTrue();
    assertThat(judged("none", Map.of()).isUnknown()).isTrue();
    assertThat(Expression.parse("one > 1").isSelector()).isFalse();
  }

  @Test
  void namesItsMetricsAndSelectorsInTheirOrder() {
    Expression expression = Expression.parse("b > 1 and not (a{l=\"x\"} > 2 or b > 3)");
    assertThat(expression.metrics()).containsExactly("b", "a");
    assertThat(expression.selectors()).extracting(Selector::metric).containsExactly("b", "a", "b");
    assertThat(expression.single()).isNull();
    assertThat(Expression.parse("a").metrics()).containsExactly("a");
  }

  @Test
  void theSameBeyondAnotherThresholdIsItsNegation() {
    Expression clear = Expression.notBeyond(single("one{a!=\"2\"} > 5"), 0.5);
    assertThat(clear.text()).isEqualTo("not one{a!=\"2\"} > 0.5");
    assertThat(clear.judge(Map.of(), metric -> 0.5).truth()).isEqualTo(Truth.TRUE);
    assertThat(clear.judge(Map.of(), metric -> 0.6).truth()).isEqualTo(Truth.FALSE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a=\"1\"; true",
        "a=\"2\"; false",
        "a!=\"1\"; false",
        "a!=\"2\"; true",
        "a=~\"[0-9]\"; true",
        "a=~\"\"; false",
        "b=~\"x\"; false",
        "b=~\"x.*|z\"; true",
        "b!~\"x\"; true",
        "b!~\".*y\"; false",
        "absent=\"\"; true",
        "absent!=\"\"; false",
        "absent=~\".+\"; false",
        "a=\"1\",b=\"xy\"; true",
        "a=\"1\",b=\"x\"; false"
      })
  void selectsSeriesByTheirLabels(String matchers, boolean selected) {
    Expression expression = Expression.parse("m{" + matchers + "} > 1");
    assertThat(expression.selects(Map.of("a", "1", "b", "xy"))).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~; 1; expected a metric name, 'not' or '(', found the end",
        "> 5; 1; expected a metric name, 'not' or '(', found '>'",
        "5 > x; 1; expected a metric name, 'not' or '(', found '5'",
        "x = 5; 3; expected one of > < >= <= == !=, found '='",
        "x =~ 5; 3; expected one of > < >= <= == !=, found '=~'",
        "x y > 5; 3; expected one of > < >= <= == !=, found 'y'",
        "x >; 4; expected a number, found the end",
        "x > \"5\"; 5; expected a number, found \"5\"",
        "x > y; 5; expected a number, found 'y'",
        "x > --5; 6; expected a number, found '-'",
        "x > NaN; 5; expected a number, found 'NaN'",
        "x > 5ms; 5; expected a decimal number, found '5ms'",
        "x > 1.2.3; 5; expected a decimal number, found '1.2.3'",
        "x > 1e; 5; expected a decimal number, found '1e'",
        "x > .; 5; expected a decimal number, found '.'",
        "x > 1e999; 5; expected a number below 1.8e308, found '1e999'",
        "x > 5 6; 7; expected 'and', 'or' or the end, found '6'",
        "x > 5 and; 10; expected a metric name, 'not' or '(', found the end",
        "x > 5 and or y > 3; 11; expected a metric name, 'not' or '(', found 'or'",
        "x > 5 and y; 12; expected one of > < >= <= == !=, found the end",
        "not x; 6; expected one of > < >= <= == !=, found the end",
        "(x); 3; expected one of > < >= <= == !=, found ')'",
        "(x > 5; 7; expected 'and', 'or' or ')', found the end",
        "x > 5); 6; expected 'and', 'or' or the end, found ')'",
        "(); 2; expected a metric name, 'not' or '(', found ')'",
        "x{ > 5; 4; expected a label name or '}', found '>'",
        "x{a; 4; expected one of = != =~ !~, found the end",
        "x{a==\"1\"} > 5; 4; expected one of = != =~ !~, found '=='",
        "x{a=1} > 5; 5; expected a text in double quotes, found '1'",
        "x{a=\"1\" b=\"2\"} > 5; 9; expected ',' or '}', found 'b'",
        "x{,} > 5; 3; expected a label name or '}', found ','",
        "x{a:b=\"1\"} > 5; 3; expected a label name or '}', found 'a:b'",
        "x{a=\"1; 7; expected a closing '\"', found the end",
        "x{a=\"\\d\"} > 5; 6; expected one of \\\\ \\\" \\n \\t in a text, found '\\d'",
        "x{a=\"\\; 6; expected one of \\\\ \\\" \\n \\t in a text, found '\\'",
        "x & 5; 3; expected a name, a number, a text in double quotes or an operator, found '&'",
        "x{a=\"😀\"} 😀; 10; expected a name, a number, a text in double quotes or an operator, found '😀'"
      })
  void saysWhereWhatWasFoundAndWhatWasExpected(String text, int column, String message) {
    ExpressionException refused = refused(text);
    assertThat(refused).hasMessage("column " + column + ": " + message);
    assertThat(refused.column()).isEqualTo(column);
    assertThat(refused.line()).isEqualTo(1);
    assertThat(refused.problem()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "(?=x)", "(a)\\\\1", "[z-a]", "x{1001}", "((x{100}){100}){2}", "x{9,}{999}"})
  void refusesPatternsThatRe2DoesNotKnowOrThatFillTheHeap(String pattern) {
    ExpressionException refused = refused("x{a=~\"" + pattern + "\"} > 5");
    assertThat(refused.column()).isEqualTo(6);
    assertThat(refused).hasMessageStartingWith("column 6: expected a regular expression");
  }

  @Test
  void matchesInTimeLinearInTheValueWhateverThePattern() {
    Expression evil = Expression.parse("x{a=~\"(a*)*(a|aa)+(a|a?)+b\"} > 5");
    assertThat(evil.selects(Map.of("a", "a".repeat(10_000)))).isFalse();
  }

  @Test
  void saysTheLineOfALongExpression() {
    ExpressionException refused = refused("x > 5\n  and y >\n\n  z");
    assertThat(refused).hasMessage("line 4, column 3: expected a number, found 'z'");
    assertThat(refused.line()).isEqualTo(4);
    assertThat(refused.column()).isEqualTo(3);
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    assertThat(refused("x > " + "1".repeat(5_000)))
        .hasMessage("column 1: expected at most 4096 characters, found 5004 characters");
    String deep = "(".repeat(32) + "x > 1" + ")".repeat(32);
    assertThat(Expression.parse(deep).metrics()).containsExactly("x");
    assertThat(refused("(" + deep + ")"))
        .hasMessage("column 33: expected at most 32 levels of parentheses and 'not', found '('");
    assertThat(refused("not ".repeat(33) + "x > 1").column()).isEqualTo(129);
    assertThat(refused("x{a=~\"" + "y".repeat(513) + "\"} > 1"))
        .hasMessage(
            "column 6: expected a regular expression of at most 512 characters, found 513 characters");
    assertThat(refused("x{a=\"1\" " + "y".repeat(100) + "} > 1").getMessage())
        .endsWith("found '" + "y".repeat(59) + "…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\n{a=~\"\n(\"} > 1", "x{a=\"\n\r\" \"\n\"} > 1"})
  void complainsInOneLine(String text) {
    assertThat(refused(text)).message().doesNotContain("\n", "\r");
  }

  @Test
  void matchersAreValues() {
    LabelMatcher matcher = LabelMatcher.parse("a=~\"x.*\"");
    assertThat(matcher)
        .isEqualTo(new LabelMatcher("a", LabelMatcher.Operator.MATCHES, "x.*"))
        .hasSameHashCodeAs(new LabelMatcher("a", LabelMatcher.Operator.MATCHES, "x.*"))
        .isNotEqualTo(new LabelMatcher("a", LabelMatcher.Operator.EQUAL, "x.*"))
        .hasToString("a=~\"x.*\"");
    assertThat(matcher.label() + matcher.operator().symbol() + matcher.value()).isEqualTo("a=~x.*");
    assertThat(
            catchThrowableOfType(ExpressionException.class, () -> LabelMatcher.parse("a=\"1\",")))
        .hasMessage("column 6: expected the end, found ','");
  }

  @Test
  void expressionsAreValuesThatTravel() throws Exception {
    Expression expression = Expression.parse("x{a=~\"b\"} > 1 and not (y < 2 or z == 3)");
    assertThat(expression)
        .isEqualTo(Expression.parse(expression.text()))
        .hasSameHashCodeAs(Expression.parse(expression.text()))
        .isNotEqualTo(Expression.parse("x > 1"))
        .hasToString(expression.text());
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(expression);
      out.writeObject(Expression.parse("x"));
    }
  }

  private static Comparing single(String text) {
    return Objects.requireNonNull(Expression.parse(text).single());
  }

  private static Verdict judged(String text, Map<String, String> labels) {
    return Expression.parse(text).judge(labels, metric -> VALUES.getOrDefault(metric, Double.NaN));
  }

  private static ExpressionException refused(String text) {
    ExpressionException refused =
        catchThrowableOfType(ExpressionException.class, () -> Expression.parse(text));
    assertThat(refused).as(text).isNotNull();
    return refused;
  }
}
