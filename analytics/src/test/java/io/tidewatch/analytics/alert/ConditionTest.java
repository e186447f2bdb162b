package io.tidewatch.analytics.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

  @Test
  void readsMetricMatchersComparisonAndNumber() {
    String text =
        " error_rate { service=\"shop\", endpoint!~\"/internal/.*\" ,method =~\"GET|PUT\","
            + "zone!=\"a\\\"\\\\\\n\\t\", } >= -2.5e1 ";
    assertThat(Condition.parse(text))
        .isEqualTo(
            new Condition(
                text,
                "error_rate",
                List.of(
                    new LabelMatcher("service", LabelMatcher.Operator.EQUAL, "shop"),
                    new LabelMatcher(
                        "endpoint", LabelMatcher.Operator.DOES_NOT_MATCH, "/internal/.*"),
                    new LabelMatcher("method", LabelMatcher.Operator.MATCHES, "GET|PUT"),
                    new LabelMatcher("zone", LabelMatcher.Operator.NOT_EQUAL, "a\"\\\n\t")),
                Comparison.GREATER_OR_EQUAL,
                -25));
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
    assertThat(Condition.parse("x >" + text).threshold()).isEqualTo(number);
    assertThat(Condition.parse("x{}>" + text).threshold()).isEqualTo(number);
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
    Condition condition = Condition.parse("x " + op + " 5");
    assertThat(condition.holds(4.9)).isEqualTo(below);
    assertThat(condition.holds(5)).isEqualTo(at);
    assertThat(condition.holds(5.1)).isEqualTo(above);
    assertThat(condition.holds(Double.NaN)).as("NaN").isFalse();
    assertThat(condition.comparison().symbol()).isEqualTo(op);
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
    Condition condition = Condition.parse("m{" + matchers + "} > 1");
    assertThat(condition.selects(Map.of("a", "1", "b", "xy"))).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~; 1; expected a metric name, found the end",
        "> 5; 1; expected a metric name, found '>'",
        "5 > x; 1; expected a metric name, found '5'",
        "x; 2; expected one of > < >= <= == !=, found the end",
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
        "x > 5 and y > 3; 7; expected the end, found 'and'",
        "x > 5 6; 7; expected the end, found '6'",
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
        "x{a=~\"(\"} > 5; 6; expected a regular expression, found \"(\" (Unclosed group)",
        "x & 5; 3; expected a name, a number, a text in double quotes or an operator, found '&'",
        "x{a=\"😀\"} 😀; 10; expected a name, a number, a text in double quotes or an operator, found '😀'"
      })
  void saysWhereWhatWasFoundAndWhatWasExpected(String text, int column, String message) {
    ExpressionException refused =
        catchThrowableOfType(ExpressionException.class, () -> Condition.parse(text));
    assertThat(refused).as(text).isNotNull();
    assertThat(refused).hasMessage("column " + column + ": " + message);
    assertThat(refused.column()).isEqualTo(column);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\n{a=~\"\n(\"} > 1", "x{a=\"\n\r\" \"\n\"} > 1"})
  void complainsInOneLine(String text) {
    assertThat(catchThrowableOfType(ExpressionException.class, () -> Condition.parse(text)))
        .message()
        .doesNotContain("\n", "\r");
  }

  @Test
  void matchersAreValues() {
    LabelMatcher matcher = new LabelMatcher("a", LabelMatcher.Operator.MATCHES, "x.*");
    assertThat(matcher)
        .isEqualTo(new LabelMatcher("a", LabelMatcher.Operator.MATCHES, "x.*"))
        .hasSameHashCodeAs(new LabelMatcher("a", LabelMatcher.Operator.MATCHES, "x.*"))
        .isNotEqualTo(new LabelMatcher("a", LabelMatcher.Operator.EQUAL, "x.*"))
        .hasToString("a=~\"x.*\"");
    assertThat(matcher.label() + matcher.operator().symbol() + matcher.value()).isEqualTo("a=~x.*");
  }
}
