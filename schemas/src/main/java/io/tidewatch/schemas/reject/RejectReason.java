package io.tidewatch.schemas.reject;

import java.util.Locale;

/** Why a message was refused. The {@linkplain #code() code} is a wire format: add, never rename. */
public enum RejectReason {
  /** The message has no value (a tombstone). */
  NULL_VALUE,
  /** The message has a value of zero bytes. */
  EMPTY,
  /** More bytes than the configured limit. */
  TOO_LARGE,
  /** Not one UTF-8 JSON object: truncated, nested too deep, trailing text, NaN literal … */
  MALFORMED_JSON,
  /** A field of the contract has another JSON type than the contract says. */
  WRONG_TYPE,
  /** A required field is absent or null. */
  MISSING_FIELD,
  /** A field stands twice in the same object. */
  DUPLICATE_FIELD,
  /** No telemetry model of that name is configured. */
  UNKNOWN_MODEL,
  /** The model has no such field, and says {@code unknown_fields: reject}. */
  UNKNOWN_FIELD,
  /** A number is too large for a double, or outside the range the contract gives. */
  OUT_OF_RANGE,
  /** A text is empty, too long, not of the asked form, or holds NUL or a lone surrogate. */
  INVALID_TEXT,
  /** The event time lies before the configured earliest one; often seconds for milliseconds. */
  EVENT_TIME_TOO_OLD,
  /** The event time is further ahead of the broker's time than the clock guard allows. */
  EVENT_TIME_AHEAD,
  /**
   * Not an Avro message in the Confluent wire format: another format, truncated, bytes left over …
   */
  MALFORMED_AVRO,
  /** Nobody knows the schema id of the message. */
  UNKNOWN_SCHEMA,
  /** The schema it was written with cannot be read as the contract. */
  INCOMPATIBLE_SCHEMA,
  /** A model artifact in a format this version does not know, of a newer one. */
  NEWER_FORMAT,
  /** A model artifact whose checksum does not hold, or whose forest is none. */
  DAMAGED_MODEL,
  /** A model artifact of other features than those that are scored. */
  OTHER_FEATURES,
  /** Somebody asks for a version of a model that is not kept. */
  UNKNOWN_VERSION;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** Lower case with underscores: the header {@code tidewatch-reason} and the metric label. */
  public String code() {
    return code;
  }
}
