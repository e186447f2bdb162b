package io.tidewatch.analytics.decide;

/** Which way a value must go to be worth a message. */
public enum Direction {
  /** Above what was expected. */
  UP,
  /** Below it. */
  DOWN,
  /** Either way. */
  BOTH;

  boolean takes(double departure) {
    return switch (this) {
      case UP -> departure > 0;
      case DOWN -> departure < 0;
      case BOTH -> true;
    };
  }
}
