package io.tidewatch.jobs;

import java.util.List;
import java.util.Random;

/** Texts that a decoder admits and that a careless writer breaks on. */
final class SpecialTexts {
  static final List<String> ALL =
      List.of(
          "'); DROP TABLE device_features; --",
          "\"quoted\" and 'quoted'",
          "back\\slash \\' \\\" \\u0000 \\N",
          "{\"json\": [1, null]}",
          "Köln · 東京 · \uD83D\uDD25",
          "? ?? :name ${NAME} %s $1",
          " spaces around ",
          "\u007f\u0085\u2028\ufeff");

  private SpecialTexts() {}

  /** The longest name of so many characters, four bytes each, which no server can compress. */
  static String longest(int characters) {
    return new Random(42)
        .ints(characters, 0x20000, 0x2A000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
