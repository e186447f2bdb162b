package io.tidewatch.schemas.codec;

/**
 * A line for a person about a message nobody can trust: it may be logged, put into a header and
 * into a database. At most {@value #MAX_CHARS} chars unless all is asked for, without control
 * characters, NUL, line breaks, invisible formatting characters and unpaired surrogates: each of
 * those stands there escaped.
 */
public final class DetailLine {
  /** Two lines of a terminal; enough for field, rule and a piece of the value. */
  static final int MAX_CHARS = 200;

  /** A piece of a value or a name that still shows what it is. */
  private static final int MAX_QUOTED_CHARS = 60;

  private DetailLine() {}

  static String of(String text) {
    return line(text, MAX_CHARS);
  }

  /** All of it, however long; its line breaks as people write them, {@code \n} and {@code \r}. */
  public static String plain(String text) {
    return line(text.replace("\n", "\\n").replace("\r", "\\r"), Integer.MAX_VALUE);
  }

  /** The beginning of a found text, in quotes. */
  public static String quoted(String found) {
    return "'" + line(found, MAX_QUOTED_CHARS) + "'";
  }

  /** At most so many chars of it; where it is longer, {@code …} is the last. */
  static String line(String text, int maxChars) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), maxChars));
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      String shown = isPlain(codePoint) ? Character.toString(codePoint) : escaped(codePoint);
      boolean last = i == text.length();
      if (line.length() + shown.length() > (last ? maxChars : maxChars - 1)) {
        return line.append('…').toString();
      }
      line.append(shown);
    }
    return line.toString();
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String escaped(int codePoint) {
    return "\\u{%x}".formatted(codePoint);
  }
}
