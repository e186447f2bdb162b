package io.tidewatch.analytics.alert;

import io.tidewatch.analytics.alert.AlertState.Phase;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one series under one rule, on event time alone:
 *
 * <pre>
 *              true              held for ≥ holdFor              false
 *  (nothing) ────────&gt; PENDING ───────────────────&gt; FIRING ────────────&gt; OVER
 *      ^                 │ │                            │  resolved        ^ │
 *      │                 │ └─────────── false ──────────│──────────────────┘ │
 *      └─────────────────┴──── silent for staleAfter ───┴────────────────────┘
 * </pre>
 *
 * <p>Rules, in this order:
 *
 * <ol>
 *   <li>{@code NaN} is no sample.
 *   <li>A sample not later than the last one seen is a re-emission and is ignored. What is over is
 *       remembered for {@code staleAfter}, so that a source may repeat the samples of that long:
 *       they begin no second episode.
 *   <li>A sample more than {@code staleAfter} after the last one first ends the episode by silence,
 *       as {@link #silence} would have done: the outcome does not depend on whether timer or sample
 *       comes first.
 *   <li>The condition counts from its first true sample; a sample exactly {@code holdFor} later
 *       fires. A false one drops what is pending and resolves what is firing. Over, a true sample
 *       begins the next episode.
 * </ol>
 *
 * <p>Samples of a series are to come in the order of their times. Deterministic: the same samples
 * give the same transitions.
 */
public final class AlertMachine {

  private AlertMachine() {}

  /**
   * Takes a sample into account.
   *
   * @param state null when inactive
   * @param timeMs event time of the sample, milliseconds since the epoch
   * @param value in the unit of the metric; {@code NaN} is no sample
   */
  public static Step step(AlertRule rule, @Nullable AlertState state, long timeMs, double value) {
    if (Double.isNaN(value) || (state != null && timeMs <= state.lastSeenMs())) {
      return new Step(state, List.of());
    }
    List<Transition> transitions = new ArrayList<>(2);
    AlertState current = state;
    if (state != null && timeMs > silentAtMs(rule, state)) {
      Step ended = end(rule, state);
      transitions.addAll(ended.transitions());
      current = null;
    }
    Step step =
        rule.condition().holds(value)
            ? whenTrue(rule, current, timeMs, value)
            : whenFalse(current, timeMs, value);
    transitions.addAll(step.transitions());
    return new Step(step.next(), transitions);
  }

  /**
   * Takes into account that all samples up to and including {@code nowMs} have been seen. Nothing
   * happens before {@link #silentAtMs}; from then on what is pending is dropped, what is firing is
   * resolved as of that moment.
   *
   * @param state null when inactive
   * @param nowMs event time, milliseconds since the epoch
   */
  public static Step silence(AlertRule rule, @Nullable AlertState state, long nowMs) {
    if (state == null || nowMs < silentAtMs(rule, state)) {
      return new Step(state, List.of());
    }
    return end(rule, state);
  }

  /**
   * When the series will have been silent for too long, unless a sample comes: set a timer there.
   */
  public static long silentAtMs(AlertRule rule, AlertState state) {
    return plus(state.lastSeenMs(), rule.staleAfter().toMillis());
  }

  private static Step whenTrue(
      AlertRule rule, @Nullable AlertState state, long timeMs, double value) {
    if (state != null && state.phase() == Phase.FIRING) {
      return new Step(
          new AlertState(Phase.FIRING, state.sinceMs(), state.firedAtMs(), timeMs, value),
          List.of());
    }
    long sinceMs = state != null && state.phase() == Phase.PENDING ? state.sinceMs() : timeMs;
    if (timeMs < plus(sinceMs, rule.holdFor().toMillis())) {
      return new Step(new AlertState(Phase.PENDING, sinceMs, sinceMs, timeMs, value), List.of());
    }
    return new Step(
        new AlertState(Phase.FIRING, sinceMs, timeMs, timeMs, value),
        List.of(new Transition(AlertStatus.FIRING, sinceMs, timeMs, null, value)));
  }

  private static Step whenFalse(@Nullable AlertState state, long timeMs, double value) {
    if (state == null || state.phase() == Phase.OVER) {
      return new Step(state, List.of());
    }
    AlertState over = new AlertState(Phase.OVER, state.sinceMs(), state.firedAtMs(), timeMs, value);
    return state.phase() == Phase.PENDING
        ? new Step(over, List.of())
        : new Step(
            over,
            List.of(
                new Transition(
                    AlertStatus.RESOLVED, state.sinceMs(), state.firedAtMs(), timeMs, value)));
  }

  private static Step end(AlertRule rule, AlertState state) {
    if (state.phase() != Phase.FIRING) {
      return new Step(null, List.of());
    }
    return new Step(
        null,
        List.of(
            new Transition(
                AlertStatus.RESOLVED,
                state.sinceMs(),
                state.firedAtMs(),
                silentAtMs(rule, state),
                null)));
  }

  /** Saturates; {@code addMs} is not negative. */
  private static long plus(long timeMs, long addMs) {
    long sum = timeMs + addMs;
    return sum < timeMs ? Long.MAX_VALUE : sum;
  }
}
