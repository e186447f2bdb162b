package io.tidewatch.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DetailLineTest {
  @Test
  void leavesPlainTextAsItIs() {
    assertThat(DetailLine.of("device_id: must be ≤ 1, was 'é\uD83D\uDE00'"))
        .isEqualTo("device_id: must be ≤ 1, was 'é\uD83D\uDE00'");
  }

  @Test
  void escapesWhatBreaksLogsHeadersAndDatabases() {
    assertThat(DetailLine.of("a\u0000b\r\nc\ud800d\u202ee\u2028f\u007f"))
        .isEqualTo("a\\u{0}b\\u{d}\\u{a}c\\u{d800}d\\u{202e}e\\u{2028}f\\u{7f}");
  }

  @Test
  void cutsLongTextBetweenCharacters() {
    assertThat(DetailLine.of("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(DetailLine.of("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
    assertThat(DetailLine.of("\uD83D\uDE00".repeat(101)))
        .isEqualTo("\uD83D\uDE00".repeat(99) + "…");
    assertThat(DetailLine.quoted("y".repeat(61))).isEqualTo("'" + "y".repeat(59) + "…'");
  }

  @Test
  void showsAllOfATextWhereThatIsAskedFor() {
    assertThat(DetailLine.plain("x".repeat(201) + "\u0085")).isEqualTo("x".repeat(201) + "\\u{85}");
    assertThat(DetailLine.plain("a\r\nb")).isEqualTo("a\\r\\nb");
    assertThat(DetailLine.line("abcd", 3)).isEqualTo("ab…");
  }

  @Test
  void isSafeForAnyText() {
    Random random = new Random(6);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("x");
      for (int length = random.nextInt(300); length > 0; length--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 256 : 65_536));
      }
      Samples.assertIsOneSafeLine(DetailLine.of(text.toString()));
    }
  }
}
