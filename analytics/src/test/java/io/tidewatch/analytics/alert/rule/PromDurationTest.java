package io.tidewatch.analytics.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromDurationTest {

  @ParameterizedTest
  @CsvSource({
    "0s,      PT0S",
    "500ms,   PT0.5S",
    "90s,     PT90S",
    "5m,      PT5M",
    "1h30m,   PT90M",
    "1d,      PT24H",
    "10d,     PT240H",
    "1w,      PT168H",
    "1y,      PT8760H",
    "1w2d3h4m5s6ms, PT219H4M5.006S"
  })
  void readsWhatPrometheusWrites(String text, Duration duration) {
    assertThat(PromDuration.parse(text)).isEqualTo(duration);
    assertThat(PromDuration.parse(PromDuration.format(duration))).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,    0s",
    "PT5M,    5m",
    "PT90S,   1m30s",
    "PT1.5S,  1s500ms",
    "PT240H,  10d",
    "PT336H,  2w",
    "PT8784H, 366d",
    "PT8760H, 1y"
  })
  void writesWhatPeopleWrite(Duration duration, String text) {
    assertThat(PromDuration.format(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5 m",
        "m",
        "-5m",
        "5M",
        "1m1h",
        "5m5m",
        "1.5h",
        "PT5M",
        "12345678s",
        "٥m"
      })
  void refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromDuration.parse(text))
        .withMessage("must be a duration such as 5m or 1h30m, was '" + text + "'");
  }

  @Test
  void showsWhatIsNoneInOnePlainLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromDuration.parse("5\u0000\n\u2028m"))
        .withMessage("must be a duration such as 5m or 1h30m, was '5\\u{0}\\u{a}\\u{2028}m'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromDuration.parse("m".repeat(10_000)))
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(120));
  }

  @Test
  void nothingIsZero() {
    assertThat(PromDuration.parse("0")).isZero();
  }
}
