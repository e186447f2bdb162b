package io.tidewatch.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesValuesTest {

  @ParameterizedTest
  @CsvSource({
    "1 2 3, 1 2 3",
    "1x0, 1",
    "1x4, 1 1 1 1 1",
    "0+10x5, 0 10 20 30 40 50",
    "9-2x3, 9 7 5 3",
    "-1.5-0.5x2, -1.5 -2 -2.5",
    "1e2+1e1x1, 100 110",
    "_, NaN",
    "_x3, NaN NaN NaN",
    "0+10x2 _x2 stale 7, 0 10 20 NaN NaN NaN 7",
    "Inf -Inf NaN, Infinity -Infinity NaN"
  })
  void readsTheNotationOfPromtool(String text, String values) {
    List<Double> expected = Arrays.stream(values.split(" ", -1)).map(Double::parseDouble).toList();
    assertThat(SeriesValues.parse("  " + text.replace(" ", " \n ") + " ")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x", "x3", "1+x3", "1 + 2", "0x1000000", "five", "1,2", "_x", "{{a}}"})
  void refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesValues.parse(text))
        .withMessageStartingWith("must be values such as 5, 1x4, 0+10x5, _ or stale, was '");
  }

  @Test
  void refusesMoreValuesThanADayHasSeconds() {
    assertThat(SeriesValues.parse("1x86399")).hasSize(86_400);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesValues.parse("1x999999 1x999999"))
        .withMessageStartingWith("must be at most 86400 values");
  }
}
