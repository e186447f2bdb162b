package io.tidewatch.analytics.alert;

/** An expression that cannot be read: where, what was found, what was expected. One line. */
public final class ExpressionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int column;

  /**
   * @param column 1-based, counted in code points
   * @param found what stands there
   * @param expected what could have stood there
   */
  ExpressionException(int column, String found, String expected) {
    super(oneLine("column " + column + ": expected " + expected + ", found " + found));
    this.column = column;
  }

  private static String oneLine(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r");
  }

  /** Where, 1-based, counted in code points. */
  public int column() {
    return column;
  }
}
