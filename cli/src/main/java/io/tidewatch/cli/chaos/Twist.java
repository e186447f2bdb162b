package io.tidewatch.cli.chaos;

/** What is odd about an input. */
enum Twist {
  NONE,
  /** One message in twenty must be refused: cut, empty, no JSON, wrong types, wrong times … */
  POISON,
  /** One reading in twenty comes from a device whose clock is years off. */
  WRONG_CLOCK,
  /** From second 20 to second 80 nothing is written to the second partition of each topic. */
  SILENT_PARTITION
}
