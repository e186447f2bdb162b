package io.tidewatch.cli.input;

import java.time.Duration;

/**
 * One planned misbehaviour of a simulator, so that a demo can say what should be noticed.
 *
 * @param kind what happens
 * @param description one line for people
 * @param target device id or endpoint that misbehaves
 * @param start when it begins, after the start of the simulation, inclusive
 * @param length how long it lasts; {@code start + length} is exclusive
 * @param rule name of the alert rule that should fire because of it
 */
public record Fault(
    FaultKind kind,
    String description,
    String target,
    Duration start,
    Duration length,
    String rule) {

  public Fault {
    if (start.isNegative()) {
      throw new IllegalArgumentException("fault.start: must be ≥ PT0S, was " + start);
    }
    if (length.toMillis() < 1) {
      throw new IllegalArgumentException("fault.length: must be ≥ PT0.001S, was " + length);
    }
  }

  /** When it is over, after the start of the simulation, exclusive. */
  public Duration end() {
    return start.plus(length);
  }
}
