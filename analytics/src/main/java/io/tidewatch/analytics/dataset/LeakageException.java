package io.tidewatch.analytics.dataset;

/** Training would know of what validation asks: where, in one line. */
public final class LeakageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  LeakageException(String message) {
    super(message);
  }
}
