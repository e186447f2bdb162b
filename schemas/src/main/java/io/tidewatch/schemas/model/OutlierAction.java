package io.tidewatch.schemas.model;

/** What becomes of an outlier, which is counted in any case. */
public enum OutlierAction {
  /** It stays as it is. */
  MARK,
  /** It is moved to the bound that it is beyond. */
  CLIP,
  /** It becomes missing, and is put in place as {@link MissingValues} says. */
  REMOVE
}
