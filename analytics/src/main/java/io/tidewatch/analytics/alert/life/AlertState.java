package io.tidewatch.analytics.alert.life;

import io.tidewatch.schemas.derived.AlertPhase;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one series under one rule. No state at all means inactive.
 *
 * @param ruleVersion version of the rule it is of
 * @param held how far the condition is
 * @param flapping whether the alert is held open because it changed too often
 * @param changesMs when it fired or ended, in order, as far as that may still make it flap: event
 *     times in milliseconds since the epoch
 * @param told what was told
 */
public record AlertState(
    String ruleVersion, Held held, boolean flapping, List<Long> changesMs, Told told)
    implements Serializable {

  public AlertState {
    changesMs = List.copyOf(changesMs);
  }

  /** Whether an alert is told that is not over: it hides others. */
  public boolean isOpen() {
    return told.open();
  }

  /** How far it is, as people see it; null when there is nothing to see. */
  public @Nullable AlertPhase phase() {
    if (told.waitsToBeTold()) {
      return AlertPhase.SUPPRESSED;
    }
    if (told.open() && told.kind() == AlertStatus.FLAPPING) {
      return AlertPhase.FLAPPING;
    }
    return switch (held.phase()) {
      case INACTIVE -> told.startedAtMs() == Held.NEVER ? null : AlertPhase.RESOLVED;
      case PENDING -> AlertPhase.PENDING;
      case FIRING -> AlertPhase.FIRING;
      case RECOVERING -> AlertPhase.RECOVERING;
      case INSUFFICIENT_DATA -> AlertPhase.INSUFFICIENT_DATA;
      case NO_DATA -> AlertPhase.NO_DATA;
    };
  }
}
