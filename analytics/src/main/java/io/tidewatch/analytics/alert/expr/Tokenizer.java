package io.tidewatch.analytics.alert.expr;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an expression into tokens: names ({@code [a-zA-Z_:][a-zA-Z0-9_:]*}, as Prometheus' metric
 * names), unsigned decimal numbers, text in double quotes with the escapes {@code \\ \" \n \t},
 * symbols. White space separates and is otherwise nothing.
 */
final class Tokenizer {

  /** Longer before shorter where one begins the other. */
  private static final List<String> SYMBOLS =
      List.of(">=", "<=", "==", "!=", "=~", "!~", ">", "<", "=", "{", "}", "(", ")", ",", "+", "-");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Tokenizer(String text) {
    this.text = text;
  }

  /** All tokens and one {@code END}. */
  List<Token> tokens() {
    skipSpace();
    while (at < text.length()) {
      tokens.add(next());
      skipSpace();
    }
    tokens.add(new Token(Token.Kind.END, "", place(at)));
    return tokens;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Token next() {
    int start = at;
    char first = text.charAt(at);
    if (isNameStart(first)) {
      while (at < text.length() && isNamePart(text.charAt(at))) {
        at++;
      }
      return new Token(Token.Kind.NAME, text.substring(start, at), place(start));
    }
    if (isDigit(first) || first == '.') {
      return number(start);
    }
    if (first == '"') {
      return new Token(Token.Kind.TEXT, literal(), place(start));
    }
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        return new Token(Token.Kind.SYMBOL, symbol, place(start));
      }
    }
    throw new ExpressionException(
        place(start),
        "'" + Character.toString(text.codePointAt(start)) + "'",
        "a name, a number, a text in double quotes or an operator");
  }

  /** Digits, a point, an exponent; whatever else sticks to it makes it no number. */
  private Token number(int start) {
    digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    boolean whole = at > start + 1 || isDigit(text.charAt(start));
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int exponent = at;
      digits();
      whole &= at > exponent;
    }
    while (at < text.length() && (isNamePart(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
      whole = false;
    }
    String number = text.substring(start, at);
    if (!whole) {
      throw new ExpressionException(place(start), "'" + number + "'", "a decimal number");
    }
    return new Token(Token.Kind.NUMBER, number, place(start));
  }

  private void digits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private String literal() {
    StringBuilder literal = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return literal.toString();
      }
      literal.append(c == '\\' ? escaped() : c);
    }
    throw new ExpressionException(place(at), "the end", "a closing '\"'");
  }

  private char escaped() {
    at++;
    String found = at < text.length() ? Character.toString(text.codePointAt(at)) : "";
    return switch (found) {
      case "\\" -> '\\';
      case "\"" -> '"';
      case "n" -> '\n';
      case "t" -> '\t';
      default ->
          throw new ExpressionException(
              place(at - 1), "'\\" + found + "'", "one of \\\\ \\\" \\n \\t in a text");
    };
  }

  private Place place(int index) {
    return Place.of(text, index);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }
}
