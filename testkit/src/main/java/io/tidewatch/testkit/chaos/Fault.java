package io.tidewatch.testkit.chaos;

import java.time.Duration;

/**
 * One planned fault.
 *
 * @param kind what happens
 * @param victim name of the server it happens to
 * @param length how long it lasts; zero for a kill
 * @param pause how long results have flowed again before it happens
 */
public record Fault(FaultKind kind, String victim, Duration length, Duration pause) {

  @Override
  public String toString() {
    return "%s %s%s after %s"
        .formatted(kind, victim, length.isZero() ? "" : " for " + length, pause);
  }
}
