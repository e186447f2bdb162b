package io.tidewatch.jobs.columns;

/** What a column holds, and which Java value that is. */
public enum ColumnType {
  /** A {@code String}. */
  TEXT,
  /** A {@code String} that is an object of JSON, in ASCII. */
  JSON,
  /** A {@code Long}, milliseconds since the epoch. */
  TIME,
  /** A {@code Double}, finite. */
  DOUBLE,
  /** A {@code Long}. */
  LONG,
  /** An {@code Integer}. */
  INT,
  /** A {@code Boolean}. */
  BOOLEAN,
  /** A {@code byte[]}. */
  BYTES
}
