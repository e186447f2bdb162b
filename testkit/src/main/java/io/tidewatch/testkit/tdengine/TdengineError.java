package io.tidewatch.testkit.tdengine;

/** What the stand-in answers instead of a result, with TDengine's codes and texts. */
final class TdengineError extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final int SYNTAX = 0x2600;

  /** Of the adapter, which has one code for all errors of its own. */
  static final int ADAPTER = 0xffff;

  private final int code;

  TdengineError(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  /**
   * @param rest of the statement, from where it is not understood
   */
  static TdengineError syntax(String rest) {
    return new TdengineError(SYNTAX, "syntax error near \"" + rest + "\"");
  }

  static TdengineError literal(String rest) {
    return new TdengineError(0x216, "syntax error near '" + rest + "' (invalid data or symbol)");
  }

  static TdengineError noTable() {
    return new TdengineError(0x2603, "Table does not exist");
  }

  /** The same, where a statement is prepared. */
  static TdengineError noTableToPrepare() {
    return new TdengineError(0x22b, "Table does not exist");
  }

  static TdengineError noDatabase() {
    return new TdengineError(0x388, "Database not exist");
  }

  static TdengineError noDatabaseNamed() {
    return new TdengineError(0x2616, "Database not specified");
  }

  static TdengineError noColumn(String name) {
    return new TdengineError(0x2602, "Invalid column name: " + name);
  }

  static TdengineError exists() {
    return new TdengineError(0x2617, "Table already exists");
  }

  static TdengineError tooLong(String column) {
    return new TdengineError(0x2653, "Value too long for column/tag: " + column);
  }

  static TdengineError outOfRange() {
    return new TdengineError(0x60b, "Timestamp data out of range");
  }

  static TdengineError noTimestamp() {
    return new TdengineError(0x267b, "Primary timestamp column should not be null");
  }

  static TdengineError authentication() {
    return new TdengineError(0x357, "Authentication failure");
  }

  static TdengineError adapter(String message) {
    return new TdengineError(ADAPTER, message);
  }
}
