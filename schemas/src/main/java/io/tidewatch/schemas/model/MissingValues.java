package io.tidewatch.schemas.model;

/**
 * What is put in place of a missing value, from the values of its field in the same window. What is
 * still missing then is in no feature, and nothing is put where the window has no value at all.
 */
public enum MissingValues {
  /** Nothing: it stays missing. */
  DROP,
  /** The last value before it; it stays missing before the first. */
  FORWARD_FILL,
  /** The next value after it; it stays missing behind the last. */
  BACKWARD_FILL,
  /**
   * On the straight line, over event time, between the values before and after it; it stays missing
   * before the first and behind the last.
   */
  INTERPOLATE,
  /** The arithmetic mean of the values of the window. */
  MEAN,
  /** The median of the values of the window. */
  MEDIAN
}
