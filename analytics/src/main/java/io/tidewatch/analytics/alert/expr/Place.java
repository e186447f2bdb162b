package io.tidewatch.analytics.alert.expr;

/**
 * Where in an expression.
 *
 * @param line 1-based
 * @param column 1-based, counted in code points
 */
record Place(int line, int column) {

  /** The place of a char of a text. */
  static Place of(String text, int index) {
    int start = text.lastIndexOf('\n', index - 1) + 1;
    int line = 1;
    for (int at = text.indexOf('\n'); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) {
      line++;
    }
    return new Place(line, text.codePointCount(start, index) + 1);
  }
}
