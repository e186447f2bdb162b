package io.tidewatch.analytics.alert.expr;

import io.tidewatch.schemas.codec.DetailLine;

/** An expression that cannot be read: where, what was found, what was expected. One line. */
public final class ExpressionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** What stands there may be as long as the expression; the beginning says enough. */
  private static final int MAX_FOUND_CHARS = 60;

  private final int line;
  private final int column;
  private final String problem;

  /**
   * @param at where
   * @param found what stands there
   * @param expected what could have stood there
   */
  ExpressionException(Place at, String found, String expected) {
    this(at, DetailLine.plain("expected " + expected + ", found " + shortened(found)));
  }

  private ExpressionException(Place at, String problem) {
    super(
        (at.line() == 1 ? "" : "line " + at.line() + ", ")
            + ("column " + at.column() + ": " + problem));
    this.line = at.line();
    this.column = at.column();
    this.problem = problem;
  }

  private static String shortened(String found) {
    return found.codePointCount(0, found.length()) <= MAX_FOUND_CHARS
        ? found
        : found.substring(0, found.offsetByCodePoints(0, MAX_FOUND_CHARS)) + "…";
  }

  /** Line of the expression, 1-based. */
  public int line() {
    return line;
  }

  /** Where in that line, 1-based, counted in code points. */
  public int column() {
    return column;
  }

  /** What was expected and what was found, without where. */
  public String problem() {
    return problem;
  }
}
