package io.tidewatch.schemas.derived;

/** Whether rows can be scored. */
public enum ModelState {
  /** Too few rows were seen: nothing is scored yet. */
  WARMING_UP,
  /** There is a model. */
  ACTIVE
}
