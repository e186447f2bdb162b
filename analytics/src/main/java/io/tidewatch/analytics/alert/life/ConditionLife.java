package io.tidewatch.analytics.alert.life;

import io.tidewatch.analytics.alert.expr.Truth;
import io.tidewatch.analytics.alert.life.AlertInput.Sample;
import io.tidewatch.analytics.alert.life.Held.Phase;
import io.tidewatch.analytics.alert.rule.AlertRule;
import java.time.Duration;

/**
 * What a record makes of a condition:
 *
 * <pre>
 *               true             held for ≥ for              clear
 *  INACTIVE ───────────&gt; PENDING ─────────────&gt; FIRING ─────────────&gt; RECOVERING
 *      ^  ^               │                       ^                     │ │
 *      │  └─── false ─────┘                       └──── not clear ──────┘ │
 *      └─ clear for ≥ clear_for, not true for ≥ keep_firing_for ──────────┘
 * </pre>
 *
 * <p>A record with fewer than {@code min_samples} neither fires nor ends anything; what was pending
 * begins anew.
 */
final class ConditionLife {
  private ConditionLife() {}

  /**
   * The condition after a record that is newer than the last, and whose verdict is not unknown.
   *
   * @param before not {@code NO_DATA}
   */
  static Held after(AlertRule rule, Held before, Sample sample) {
    long timeMs = sample.timeMs();
    if (sample.samples() < rule.minSamples()) {
      Held seen = before.seen(timeMs);
      return before.isOn() ? seen : seen.in(Phase.INSUFFICIENT_DATA);
    }
    boolean holds = sample.verdict().isTrue();
    Held held = before.judged(timeMs, sample.verdict().value());
    if (before.isOn()) {
      return holds
          ? held.ceasing(Phase.FIRING, Held.NEVER, Held.NEVER)
          : ceasing(rule, held, sample);
    }
    if (!holds) {
      return held.in(Phase.INACTIVE);
    }
    long sinceMs = before.phase() == Phase.PENDING ? before.sinceMs() : timeMs;
    return timeMs >= plus(sinceMs, rule.holdFor())
        ? held.begun(Phase.FIRING, sinceMs, timeMs)
        : held.begun(Phase.PENDING, sinceMs, sinceMs);
  }

  private static Held ceasing(AlertRule rule, Held held, Sample sample) {
    long timeMs = sample.timeMs();
    long notTrueSinceMs = held.notTrueSinceMs() == Held.NEVER ? timeMs : held.notTrueSinceMs();
    if (rule.clear() != null && sample.clear() != Truth.TRUE) {
      return held.ceasing(Phase.FIRING, notTrueSinceMs, Held.NEVER);
    }
    long clearSinceMs = held.clearSinceMs() == Held.NEVER ? timeMs : held.clearSinceMs();
    boolean over =
        timeMs >= plus(clearSinceMs, rule.clearFor())
            && timeMs >= plus(notTrueSinceMs, rule.keepFiringFor());
    return held.ceasing(over ? Phase.INACTIVE : Phase.RECOVERING, notTrueSinceMs, clearSinceMs);
  }

  /** Saturates; the duration is not negative. */
  static long plus(long timeMs, Duration duration) {
    long sum = timeMs + duration.toMillis();
    return sum < timeMs ? Long.MAX_VALUE : sum;
  }
}
