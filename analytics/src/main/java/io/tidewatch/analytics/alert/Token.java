package io.tidewatch.analytics.alert;

/**
 * A piece of an expression.
 *
 * @param kind what it is
 * @param text as written; for a text literal what it stands for, without quotes and escapes
 * @param column where it begins, 1-based, counted in code points
 */
record Token(Kind kind, String text, int column) {

  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** For messages. */
  String described() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> '"' + text + '"';
      case NAME, NUMBER, SYMBOL -> "'" + text + "'";
    };
  }
}
