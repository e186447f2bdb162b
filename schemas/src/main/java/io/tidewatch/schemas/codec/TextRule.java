package io.tidewatch.schemas.codec;

import org.jspecify.annotations.Nullable;

/**
 * What a text must be. No text ever holds an unpaired surrogate (no UTF-8 can carry it) or NUL (no
 * PostgreSQL text can).
 *
 * @param minChars least length in characters (Unicode code points)
 * @param maxChars greatest length in characters (Unicode code points)
 * @param lineBreaks whether tab, line feed and carriage return may stand in it; the other control
 *     characters U+0000 to U+001F never may
 */
record TextRule(int minChars, int maxChars, boolean lineBreaks) {

  /** Identifies something: on one line, not empty. */
  static TextRule name(int maxChars) {
    return new TextRule(1, maxChars, false);
  }

  /** For people to read: may be empty, may have several lines. */
  static TextRule prose(int maxChars) {
    return new TextRule(0, maxChars, true);
  }

  /** What is wrong with the text, as the end of "must be …, was"; null when nothing is. */
  @Nullable String violation(String text) {
    if (text.length() < minChars) {
      return "empty";
    }
    // Code points are counted only when the count of chars leaves it open.
    if (text.length() > maxChars && text.codePointCount(0, text.length()) > maxChars) {
      return "%d chars long".formatted(text.length());
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && !(lineBreaks && (c == '\n' || c == '\r' || c == '\t'))) {
        return "with U+%04X at char %d".formatted((int) c, i);
      }
      if (Character.isSurrogate(c)) {
        if (!startsPair(text, i)) {
          return "with an unpaired surrogate U+%04X at char %d".formatted((int) c, i);
        }
        i++;
      }
    }
    return null;
  }

  String expected() {
    return "text of %d to %d characters without %scontrol characters"
        .formatted(minChars, maxChars, lineBreaks ? "other " : "");
  }

  private static boolean startsPair(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
