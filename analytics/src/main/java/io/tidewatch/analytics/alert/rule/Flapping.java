package io.tidewatch.analytics.alert.rule;

import java.io.Serializable;
import java.time.Duration;

/**
 * When an alert changes too often to be told each time.
 *
 * @param transitions how many times it fires or ends, 2 to {@value #MAX_TRANSITIONS}
 * @param within in how long, in event time
 * @param hold how long it must not change until it is told as it is
 */
public record Flapping(int transitions, Duration within, Duration hold) implements Serializable {
  /** Their times are kept for each series. */
  public static final int MAX_TRANSITIONS = 100;

  public Flapping {
    if (transitions < 2 || transitions > MAX_TRANSITIONS) {
      throw new IllegalArgumentException(
          "flapping.transitions: must be 2 to %d, was %d".formatted(MAX_TRANSITIONS, transitions));
    }
    RuleLimits.positive("flapping.within", within);
    RuleLimits.positive("flapping.hold", hold);
  }
}
