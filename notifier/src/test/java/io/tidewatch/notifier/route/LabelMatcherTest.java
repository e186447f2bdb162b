package io.tidewatch.notifier.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelMatcherTest {
  private static final Map<String, String> LABELS =
      Map.of("severity", "critical", "device_id", "web-1");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "severity=\"critical\",       true",
        "severity=\"warning\",        false",
        "severity!=\"warning\",       true",
        "severity!=\"critical\",      false",
        "device_id=~\"web-.*\",       true",
        "device_id=~\"web\",          false",
        "device_id!~\"web\",          true",
        "device_id!~\"web-[0-9]+\",   false",
        "absent=\"\",                 true",
        "absent!=\"\",                false",
        " severity = \"critical\" ,   true",
      })
  void matchesWholeValues(String matcher, boolean matches) {
    assertThat(LabelMatcher.parse(matcher).matches(LABELS)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "severity",
        "severity=critical",
        "severity==\"a\"",
        "1a=\"b\"",
        "a=\"b",
        "a=\"b\" x"
      })
  void saysHowAMatcherIsWritten(String wrong) {
    assertThatThrownBy(() -> LabelMatcher.parse(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be label=\"value\", or with !=, =~ or !~, was '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=~\"(\"", "a!~\"[\""})
  void saysWhatIsWrongWithARegularExpression(String wrong) {
    assertThatThrownBy(() -> LabelMatcher.parse(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must have a regular expression behind " + wrong.substring(1, 3));
  }
}
