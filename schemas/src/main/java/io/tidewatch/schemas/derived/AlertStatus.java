package io.tidewatch.schemas.derived;

/** The transitions of an alert that are told. */
public enum AlertStatus {
  FIRING,
  RESOLVED
}
