package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.model.TelemetryModel;
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

  static Refusal missing(String field, String found) {
    return new Refusal(
        RejectReason.MISSING_FIELD, "%s: must be present, was %s".formatted(field, found));
  }

  static Refusal wrongType(String field, String expected, String found) {
    return new Refusal(
        RejectReason.WRONG_TYPE, "%s: must be %s, was %s".formatted(field, expected, found));
  }

  static Refusal duplicate(String field) {
    return new Refusal(RejectReason.DUPLICATE_FIELD, field + ": must stand once, was there again");
  }

  static Refusal unknownField(String field, TelemetryModel model) {
    return new Refusal(
        RejectReason.UNKNOWN_FIELD,
        "%s: must be a field of model %s, was none".formatted(field, model.name()));
  }

  static Refusal outOfRange(String field, String expected, String found) {
    return new Refusal(
        RejectReason.OUT_OF_RANGE,
        "%s: must be %s, was %s".formatted(field, expected, DetailLine.quoted(found)));
  }

  static Refusal invalidText(String field, TextRule rule, String found) {
    return new Refusal(
        RejectReason.INVALID_TEXT,
        "%s: must be %s, was %s".formatted(field, rule.expected(), found));
  }

  static Refusal tooManyEntries(String field, int maxEntries) {
    return new Refusal(
        RejectReason.INVALID_TEXT,
        "%s: must come after at most %d others".formatted(field, maxEntries - 1));
  }

  /** The name of a field as it may stand in a detail. */
  static String shown(String name) {
    return name.matches("[a-z0-9_]{1,63}") ? name : DetailLine.quoted(name);
  }

  String detail() {
    return detail;
  }

  <T> Decoded<T> decoded() {
    return new Decoded.Refused<>(reason, detail);
  }
}
