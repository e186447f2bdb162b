package io.tidewatch.schemas.model;

/** What becomes of a value outside the valid range of its field. */
public enum OutOfRange {
  /** It is counted and treated as missing. */
  MISSING,
  /** It is counted and moved to the nearer bound. */
  CLIP
}
