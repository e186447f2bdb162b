package io.tidewatch.analytics.alert.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody's text does more than to be refused. */
class ExpressionFuzzTest {
  private static final int TEXTS = 20_000;

  /** Pieces of the language, and of what is not in it. */
  private static final List<String> PIECES =
      List.of(
          "x",
          "error_rate",
          " ",
          "\n",
          "{",
          "}",
          "(",
          ")",
          "a=\"1\"",
          "b=~\".*\"",
          "c!~\"(\"",
          "d=~\"(a{1000}){1000}\"",
          "e=~\"(a|b)*?[[:alpha:]]\\\\pL\"",
          ",",
          "=",
          "==",
          "=~",
          "!",
          ">",
          "<=",
          "5",
          "-",
          "1e400",
          ".",
          "and ",
          " or ",
          "not ",
          "\"",
          "\\",
          "\u0000",
          "\ud83d",
          "é",
          "_",
          ":",
          "x > 5",
          "not (x > 5)",
          "((((((((",
          "{{ $value }}",
          "#",
          "'");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomTextIsReadOrRefusedWithinAMoment(long seed) {
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(12); piece >= 0; piece--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      read += isRead(text.toString()) ? 1 : 0;
    }
    assertThat(read).as("texts that are expressions").isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "not ",
        "x > 5 and ",
        "x{a=\"1\",",
        "-",
        "\"",
        "x{a=~\"((((",
        "[",
        "1",
        "\\",
        "é"
      })
  void whatGoesOnForEverIsReadOrRefusedWithinAMoment(String piece) {
    for (int times : new int[] {100, 1_000, 50_000}) {
      String text = piece.repeat(times);
      assertTimeoutPreemptively(Duration.ofSeconds(1), () -> isRead(text));
    }
  }

  private static boolean isRead(String text) {
    try {
      Expression expression = Expression.parse(text);
      assertThat(Expression.parse(expression.text())).isEqualTo(expression);
      expression.judge(Map.of("a", "1"), metric -> 6);
      return true;
    } catch (ExpressionException refused) {
      if (refused.line() < 1 || refused.column() < 1 || refused.getMessage().contains("\n")) {
        throw new AssertionError("must say where, in one line: " + refused.getMessage(), refused);
      }
      return false;
    }
  }
}
