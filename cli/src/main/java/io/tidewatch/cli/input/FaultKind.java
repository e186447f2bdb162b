package io.tidewatch.cli.input;

/** What a simulator does to its target while a fault lasts. */
public enum FaultKind {
  /** A welding device shakes at six times its usual level and overheats. */
  ROUGH_RUNNING,
  /** An endpoint answers 40 % of its requests with 503. */
  ERROR_BURST,
  /** An endpoint takes twenty times as long. */
  SLOWDOWN
}
