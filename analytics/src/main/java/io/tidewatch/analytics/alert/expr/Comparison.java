package io.tidewatch.analytics.alert.expr;

/** How a value is held against a threshold. {@code NaN} on either side holds for none of them. */
public enum Comparison {
  GREATER(">") {
    @Override
    public boolean holds(double value, double threshold) {
      return value > threshold;
    }
  },
  LESS("<") {
    @Override
    public boolean holds(double value, double threshold) {
      return value < threshold;
    }
  },
  GREATER_OR_EQUAL(">=") {
    @Override
    public boolean holds(double value, double threshold) {
      return value >= threshold;
    }
  },
  LESS_OR_EQUAL("<=") {
    @Override
    public boolean holds(double value, double threshold) {
      return value <= threshold;
    }
  },
  EQUAL("==") {
    @Override
    public boolean holds(double value, double threshold) {
      return value == threshold;
    }
  },
  NOT_EQUAL("!=") {
    @Override
    public boolean holds(double value, double threshold) {
      return value < threshold || value > threshold;
    }
  };

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /** As it is written in an expression. */
  public String symbol() {
    return symbol;
  }

  /** Whether values on one side of the threshold meet it and those on the other do not. */
  public boolean isOneSided() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /** Whether {@code value symbol threshold} is true. */
  public abstract boolean holds(double value, double threshold);
}
