package io.tidewatch.testkit.tdengine;

import io.tidewatch.testkit.tdengine.SqlStatement.Literal;
import io.tidewatch.testkit.tdengine.SqlStatement.Name;
import io.tidewatch.testkit.tdengine.SqlStatement.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The pieces of a statement, one after the other, with what is made of one or a few of them. */
final class Tokens {
  /** Of the words that TDengine keeps for itself those that were measured, and what SQL needs. */
  private static final Set<String> RESERVED =
      Set.of(
          "host value key state start end count window port comment range period tag tags group user left right local buffer topic stream interval timestamp select from where insert into values using create table database order by"
              .split(" ", -1));

  private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.?\\d*([eE]-?\\d+)?");

  private final String sql;
  private final List<Token> tokens;
  private int next;

  Tokens(String sql) {
    this.sql = sql;
    this.tokens = Token.of(sql);
  }

  Token peek() {
    return tokens.get(next);
  }

  boolean atEnd() {
    return peek().kind() == Token.Kind.END;
  }

  /** The next one, whatever it is; the end stays. */
  Token take() {
    Token token = peek();
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  boolean skip(String wordOrSign) {
    boolean there = peek().is(wordOrSign);
    if (there) {
      next++;
    }
    return there;
  }

  /**
   * @return true, so that conditions read on
   */
  boolean expect(String wordOrSign) {
    if (!skip(wordOrSign)) {
      throw refused();
    }
    return true;
  }

  /** A name, which is quoted where it is a word of TDengine's own. */
  String name() {
    Token token = peek();
    boolean plain =
        token.kind() == Token.Kind.WORD
            && !RESERVED.contains(token.text().toLowerCase(Locale.ROOT));
    if (!plain && token.kind() != Token.Kind.QUOTED_NAME) {
      throw refused();
    }
    return take().name();
  }

  Name tableName() {
    String first = name();
    return skip(".") ? new Name(first, name()) : new Name(null, first);
  }

  int number() {
    Token token = peek();
    if (token.kind() != Token.Kind.NUMBER || !token.text().matches("\\d{1,9}")) {
      throw refused();
    }
    return Integer.parseInt(take().text());
  }

  /** One or more, in parentheses. */
  <T> List<T> listOf(Supplier<T> one) {
    List<T> list = new ArrayList<>();
    expect("(");
    do {
      list.add(one.get());
    } while (skip(","));
    expect(")");
    return list;
  }

  /**
   * A value.
   *
   * @throws TdengineError as for data that is none
   */
  Literal literal() {
    String rest = rest();
    if (skip("?")) {
      return new Literal(Parameter.PARAMETER, rest);
    }
    String sign = skip("-") ? "-" : "";
    Token token = take();
    if (token.kind() == Token.Kind.NUMBER) {
      return new Literal(number(sign + token.text(), rest), rest);
    }
    if (sign.isEmpty()) {
      if (token.kind() == Token.Kind.TEXT) {
        return new Literal(token.text(), rest);
      }
      if (token.is("true") || token.is("false")) {
        return new Literal(token.is("true"), rest);
      }
      if (token.is("null")) {
        return new Literal(null, rest);
      }
    }
    throw TdengineError.literal(rest);
  }

  private static Object number(String text, String rest) {
    try {
      if (text.matches("-?\\d+")) {
        return Long.valueOf(text);
      }
      double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) { // a whole number that is too large
      throw TdengineError.literal(rest);
    }
    throw TdengineError.literal(rest);
  }

  String rest() {
    return sql.substring(peek().start());
  }

  TdengineError refused() {
    return TdengineError.syntax(rest());
  }
}
