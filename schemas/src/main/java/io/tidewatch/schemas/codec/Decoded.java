package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.reject.RejectReason;

/** What a decoder made of a message: a record, or the reason why there is none. */
public sealed interface Decoded<T> {

  /** The record. */
  record Ok<T>(T value) implements Decoded<T> {}

  /**
   * No record.
   *
   * @param reason one word, stable
   * @param detail one line for a person: which field, what was found, what was expected
   */
  record Refused<T>(RejectReason reason, String detail) implements Decoded<T> {}

  /**
   * A refusal by somebody who knows more than the decoder.
   *
   * @param detail any text; made a line that may be shown
   */
  static <T> Decoded.Refused<T> refused(RejectReason reason, String detail) {
    return new Refused<>(reason, DetailLine.of(detail));
  }
}
