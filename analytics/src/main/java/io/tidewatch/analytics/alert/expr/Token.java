package io.tidewatch.analytics.alert.expr;

/**
 * A piece of an expression.
 *
 * @param kind what it is
 * @param text as written; for a text literal what it stands for, without quotes and escapes
 * @param at where it begins
 */
record Token(Kind kind, String text, Place at) {

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

  /** Words are names that mean something where no metric or label may stand. */
  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
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
