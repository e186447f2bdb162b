package io.tidewatch.schemas.model;

/** What becomes of a record that names a field its model does not have. */
public enum UnknownFields {
  /** The whole record goes to the dead-letter topic. */
  REJECT,
  /** The field is skipped, the others are used. */
  IGNORE
}
