package io.tidewatch.analytics.alert;

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

  /** Whether {@code value symbol threshold} is true. */
  public abstract boolean holds(double value, double threshold);
}
