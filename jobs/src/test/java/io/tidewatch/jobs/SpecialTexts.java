package io.tidewatch.jobs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Texts that a decoder admits and that a careless writer breaks on. */
public final class SpecialTexts {
  public static final List<String> ALL =
      List.of(
          "'); DROP TABLE device_features; --",
          "\"quoted\" and 'quoted'",
          "back\\slash \\' \\\" \\u0000 \\N",
          "{\"json\": [1, null]}",
          "Köln · 東京 · \uD83D\uDD25",
          "? ?? :name ${NAME} %s $1",
          " spaces around ",
          "\u007f\u0085\u2028\ufeff");

  /** What means something to somebody: SQL, JSON, shells, templates, logs, file systems, people. */
  private static final List<String> PIECES =
      List.of(
          "'",
          "''",
          "\"",
          "`",
          "\\",
          "\\'",
          ";",
          "--",
          "/*",
          "*/",
          "#",
          "%",
          "_",
          "?",
          "$1",
          "$$",
          ":name",
          "{",
          "}",
          "[",
          "(",
          ")",
          ",",
          "=",
          "|",
          "&",
          "<",
          ">",
          "\t",
          "\n",
          "\r\n",
          "\u0000",
          "\u001f",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u00df",
          "e\u0301",
          "\u200b",
          "\u202e",
          "\u2028",
          "\ufeff",
          "\uffff",
          "\ud83d\ude00",
          "\ud800",
          "\udc00",
          "../",
          "${jndi:ldap://127.0.0.1/a}",
          "${NAME}",
          "{{ 1 }}",
          "%s%n",
          " OR 1=1",
          "'); DROP TABLE device_features; --",
          "'||(SELECT version())||'",
          "\\N",
          "\\x41",
          "U&'\\0041'",
          "E'\\n'",
          "NULL",
          "null",
          "true",
          "0x41",
          "tbname",
          "USING kiln TAGS ('x')",
          "a",
          "Z",
          "9",
          " ",
          "\u00e9",
          "\u6771\u4eac");

  private SpecialTexts() {}

  /** So many different texts of these, as they come: some of them no decoder admits. */
  public static List<String> random(int count, long seed) {
    Random random = new Random(seed);
    Set<String> texts = new LinkedHashSet<>();
    while (texts.size() < count) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(10); piece >= 0; piece--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      texts.add(text.toString());
    }
    return List.copyOf(texts);
  }

  /** The longest name of so many characters, four bytes each, which no server can compress. */
  static String longest(int characters) {
    return new Random(42)
        .ints(characters, 0x20000, 0x2A000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
