package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.reject.RejectReason;

/**
 * Ends the decoding of one message. Has no stack trace, so that a flood of bad messages is cheap.
 */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final RejectReason reason;
  private final String detail;

  /**
   * @param detail which field, what it must be, what it was; made safe by {@link DetailLine}
   */
  Refusal(RejectReason reason, String detail) {
    super(null, null, false, false);
    this.reason = reason;
    this.detail = DetailLine.of(detail);
  }

  <T> Decoded<T> decoded() {
    return new Decoded.Refused<>(reason, detail);
  }
}
