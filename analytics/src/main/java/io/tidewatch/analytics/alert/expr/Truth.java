package io.tidewatch.analytics.alert.expr;

/** What a condition says of a record. */
public enum Truth {
  TRUE,
  FALSE,
  /** A value that it takes is not there. */
  UNKNOWN;

  Truth negated() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
