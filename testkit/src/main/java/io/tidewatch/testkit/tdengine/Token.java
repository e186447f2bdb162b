package io.tidewatch.testkit.tdengine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A piece of a statement.
 *
 * @param text without quotes
 * @param start where it begins in the statement
 */
record Token(Kind kind, String text, int start) {

  enum Kind {
    WORD,
    QUOTED_NAME,
    TEXT,
    NUMBER,
    SIGN,
    END
  }

  private static final Set<String> TWO_SIGNS = Set.of("<=", ">=", "<>", "!=");

  boolean is(String wordOrSign) {
    return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(wordOrSign);
  }

  /** As TDengine knows a name: in lower case, where it is not quoted. */
  String name() {
    return kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : text;
  }

  /**
   * All of them, and one for the end.
   *
   * @throws TdengineError when a quote is not closed
   */
  static List<Token> of(String sql) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '`' || c == '\'' || c == '"') {
        int end = quoted(sql, at);
        String inside = sql.substring(at + 1, end - 1);
        tokens.add(
            c == '`'
                ? new Token(Kind.QUOTED_NAME, inside.replace("``", "`"), at)
                : new Token(Kind.TEXT, unescaped(inside, c), at));
        at = end;
      } else if (Character.isDigit(c)) {
        int end = number(sql, at);
        tokens.add(new Token(Kind.NUMBER, sql.substring(at, end), at));
        at = end;
      } else if (isWord(c)) {
        int end = at;
        while (end < sql.length() && isWord(sql.charAt(end))) {
          end++;
        }
        tokens.add(new Token(Kind.WORD, sql.substring(at, end), at));
        at = end;
      } else {
        String two = sql.substring(at, Math.min(at + 2, sql.length()));
        String sign = TWO_SIGNS.contains(two) ? two : sql.substring(at, at + 1);
        tokens.add(new Token(Kind.SIGN, sign, at));
        at += sign.length();
      }
    }
    tokens.add(new Token(Kind.END, "", sql.length()));
    return tokens;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** Behind the closing quote; a doubled one, or one behind a backslash, does not close. */
  private static int quoted(String sql, int start) {
    char quote = sql.charAt(start);
    for (int i = start + 1; i < sql.length(); i++) {
      if (sql.charAt(i) == '\\' && quote != '`') {
        i++;
      } else if (sql.charAt(i) == quote) {
        if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
          return i + 1;
        }
        i++;
      }
    }
    throw TdengineError.syntax(sql.substring(start));
  }

  private static String unescaped(String inside, char quote) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (c == quote) {
        i++; // the second of two
      } else if (c == '\\') {
        i++;
        c = control(inside.charAt(i));
      }
      text.append(c);
    }
    return text.toString();
  }

  private static char control(char letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> letter;
    };
  }

  private static int number(String sql, int start) {
    int end = start;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end))
            || sql.charAt(end) == '.'
            || (sql.charAt(end) == '-' && Character.toLowerCase(sql.charAt(end - 1)) == 'e'))) {
      end++;
    }
    return end;
  }
}
