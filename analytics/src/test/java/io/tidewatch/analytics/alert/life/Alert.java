package io.tidewatch.analytics.alert.life;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.expr.Truth;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.schemas.derived.AlertPhase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One series under one rule, fed by hand, its state written and read between any two inputs. */
final class Alert {
  static final long SECOND = 1_000;

  private final AlertRule rule;
  private final List<Transition> told = new ArrayList<>();
  private Quieting quieting = Quieting.NEVER;
  private @Nullable AlertState state;
  private long wakeAtMs = Long.MAX_VALUE;

  Alert(AlertRule rule) {
    this.rule = rule;
  }

  /** What keeps people from being told from now on. */
  void quieting(Quieting now) {
    quieting = now;
  }

  /** A record with a metric {@code x} and enough samples. */
  void sample(long second, double x) {
    sample(second, x, Long.MAX_VALUE);
  }

  void sample(long second, double x, long samples) {
    step(input(rule, second * SECOND, x, samples));
  }

  static AlertInput.Sample input(AlertRule rule, long timeMs, double x, long samples) {
    Expression clear = rule.clear();
    return new AlertInput.Sample(
        timeMs,
        samples,
        rule.condition().judge(Map.of(), metric -> x),
        clear == null ? Truth.UNKNOWN : clear.judge(Map.of(), metric -> x).truth());
  }

  /** All records up to that second have been told. */
  void pass(long second) {
    step(new AlertInput.Time(second * SECOND, false));
  }

  void step(AlertInput input) {
    step(rule, input);
  }

  /** The next input, under another version of the rule. */
  void step(AlertRule now, AlertInput input) {
    Step step = AlertMachine.step(now, restored(state), input, quieting);
    state = step.next();
    wakeAtMs = step.wakeAtMs();
    told.addAll(step.transitions());
    if (state != null && AlertMachine.wakeAtMs(now, state) != wakeAtMs) {
      throw new AssertionError("wakes at " + wakeAtMs + " but " + state);
    }
  }

  List<Transition> told() {
    return told;
  }

  /** One line a transition: {@code 12 FIRING}, with {@code quietly} where people are not told. */
  List<String> lines() {
    return told.stream().map(Alert::line).toList();
  }

  static String line(Transition transition) {
    return transition.atMs() / SECOND
        + " "
        + transition.status()
        + (transition.notifies() ? "" : " quietly");
  }

  @Nullable AlertState state() {
    return state;
  }

  @Nullable AlertPhase phase() {
    return state == null ? null : state.phase();
  }

  /** Second at which time alone does something next; -1 for never. */
  long wakeSecond() {
    return wakeAtMs == Long.MAX_VALUE ? -1 : wakeAtMs / SECOND;
  }

  /** The state as a restart finds it. */
  static @Nullable AlertState restored(@Nullable AlertState state) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(state);
      out.flush();
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        AlertState restored = (AlertState) in.readObject();
        if (state != null && !state.equals(restored)) {
          throw new AssertionError("was " + state + ", came back as " + restored);
        }
        return restored;
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("a state must travel", e);
    }
  }
}
