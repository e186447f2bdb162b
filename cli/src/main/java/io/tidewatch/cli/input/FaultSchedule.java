package io.tidewatch.cli.input;

import java.time.Duration;
import java.util.List;

/**
 * Faults that come again each {@code period}.
 *
 * @param faults those of the first period
 * @param period distance between two occurrences of the same fault
 */
public record FaultSchedule(List<Fault> faults, Duration period) {

  public FaultSchedule {
    faults = List.copyOf(faults);
    if (period.toMillis() < 1) {
      throw new IllegalArgumentException("faults.period: must be ≥ PT0.001S, was " + period);
    }
    for (Fault fault : faults) {
      if (fault.end().compareTo(period) > 0) {
        throw new IllegalArgumentException(
            "fault.start + fault.length: must be ≤ faults.period (%s), was %s"
                .formatted(period, fault.end()));
      }
    }
  }

  /** A simulation in which nothing goes wrong. */
  public static FaultSchedule none() {
    return new FaultSchedule(List.of(), Duration.ofDays(1));
  }

  /**
   * Whether a fault of this kind is under way.
   *
   * @param elapsedMs since the start of the simulation, milliseconds; negative is before all faults
   */
  public boolean active(FaultKind kind, String target, long elapsedMs) {
    if (elapsedMs < 0) {
      return false;
    }
    long inPeriodMs = elapsedMs % period.toMillis();
    for (Fault fault : faults) {
      if (fault.kind() == kind
          && fault.target().equals(target)
          && inPeriodMs >= fault.start().toMillis()
          && inPeriodMs < fault.end().toMillis()) {
        return true;
      }
    }
    return false;
  }
}
