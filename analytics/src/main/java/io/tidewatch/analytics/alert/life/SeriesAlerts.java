package io.tidewatch.analytics.alert.life;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.expr.Truth;
import io.tidewatch.analytics.alert.expr.Verdict;
import io.tidewatch.analytics.alert.life.AlertInput.QuietChanged;
import io.tidewatch.analytics.alert.life.AlertInput.Sample;
import io.tidewatch.analytics.alert.life.AlertInput.Time;
import io.tidewatch.analytics.alert.life.AlertInput.TopicSilent;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Mutes;
import io.tidewatch.analytics.alert.rule.Quiet;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All rules over one series: mutes, and worse alerts that hide others about the same ({@link
 * AlertRule#hides}). The states of a series are a map by name of rule, which the methods change.
 * Worse alerts are taken first, and what time alone does is done in the order of its times over all
 * rules; so what is told does not depend on how time passes. Keeps nothing between two calls.
 */
public final class SeriesAlerts implements Serializable {
  private static final long serialVersionUID = 1;

  private final ArrayList<AlertRule> rules;
  private final Mutes mutes;

  /**
   * A transition with its rule.
   *
   * @param rule the rule
   * @param transition what is to be told
   */
  public record Notice(AlertRule rule, Transition transition) {}

  /**
   * Rules with different names.
   *
   * @param mutes of all of them
   */
  public SeriesAlerts(List<AlertRule> rules, Mutes mutes) {
    this.rules = new ArrayList<>(rules);
    this.rules.sort(
        Comparator.comparing(AlertRule::severity).reversed().thenComparing(AlertRule::name));
    this.mutes = mutes;
  }

  /** The rules, the worst first. */
  public List<AlertRule> rules() {
    return List.copyOf(rules);
  }

  /**
   * Takes a record into account.
   *
   * @param labels of the series
   * @param states of the series, by name of rule; changed
   * @param timeMs event time, milliseconds since the epoch
   * @param samples how many measurements are behind the record
   * @param metrics value of a metric in the record, {@code NaN} when it has none of that name
   * @param matched is told each rule that could judge the record, once; whether it is a repetition
   *     or not
   */
  public List<Notice> sample(
      Map<String, String> labels,
      Map<String, AlertState> states,
      long timeMs,
      long samples,
      ToDoubleFunction<String> metrics,
      Consumer<AlertRule> matched) {
    List<Notice> told = new ArrayList<>(pass(labels, states, timeMs - 1, false));
    for (AlertRule rule : rules) {
      Verdict verdict = rule.condition().judge(labels, metrics);
      if (!verdict.isUnknown()) {
        matched.accept(rule);
        Expression clear = rule.clear();
        Truth cleared = clear == null ? Truth.UNKNOWN : clear.judge(labels, metrics).truth();
        Sample sample = new Sample(timeMs, samples, verdict, cleared);
        step(rule, labels, states, sample, told);
      }
      look(rule, labels, states, timeMs, told);
    }
    return told;
  }

  /**
   * Takes into account that all records up to and including {@code nowMs} have been told.
   *
   * @param last whether there will be none any more: then nobody is silent
   */
  public List<Notice> pass(
      Map<String, String> labels, Map<String, AlertState> states, long nowMs, boolean last) {
    List<Notice> told = new ArrayList<>();
    long wakeAtMs = wakeAtMs(states, last);
    while (wakeAtMs <= nowMs && wakeAtMs != Long.MAX_VALUE) {
      for (AlertRule rule : rules) {
        step(rule, labels, states, new Time(wakeAtMs, last), told);
        look(rule, labels, states, wakeAtMs, told);
      }
      wakeAtMs = wakeAtMs(states, last);
    }
    return told;
  }

  /** By the clock on the wall nothing came from any series for as long as the rule allows. */
  public List<Notice> topicSilent(
      AlertRule rule, Map<String, String> labels, Map<String, AlertState> states) {
    List<Notice> told = new ArrayList<>();
    step(rule, labels, states, new TopicSilent(), told);
    return told;
  }

  /**
   * When {@link #pass} does something next: event time, milliseconds since the epoch, {@code
   * Long.MAX_VALUE} for never.
   */
  public long wakeAtMs(Map<String, AlertState> states) {
    return wakeAtMs(states, false);
  }

  private long wakeAtMs(Map<String, AlertState> states, boolean last) {
    long wakeAtMs = Long.MAX_VALUE;
    for (AlertRule rule : rules) {
      AlertState state = states.get(rule.name());
      if (state != null && state.ruleVersion().equals(rule.version())) {
        wakeAtMs = Math.min(wakeAtMs, AlertMachine.wakeAtMs(rule, state, last));
      }
    }
    return wakeAtMs;
  }

  private void look(
      AlertRule rule,
      Map<String, String> labels,
      Map<String, AlertState> states,
      long timeMs,
      List<Notice> told) {
    AlertState state = states.get(rule.name());
    if (state != null && state.told().waitsToBeTold()) {
      step(rule, labels, states, new QuietChanged(timeMs), told);
    }
  }

  private void step(
      AlertRule rule,
      Map<String, String> labels,
      Map<String, AlertState> states,
      AlertInput input,
      List<Notice> told) {
    AlertState before = states.get(rule.name());
    if (before == null && !(input instanceof Sample)) {
      return;
    }
    Quieting quieting = timeMs -> quiet(rule, labels, states, timeMs);
    Step step = AlertMachine.step(rule, before, input, quieting);
    AlertState next = step.next();
    if (next != null) {
      states.put(rule.name(), next);
    } else {
      states.remove(rule.name());
    }
    step.transitions().forEach(transition -> told.add(new Notice(rule, transition)));
  }

  private @Nullable Quiet quiet(
      AlertRule rule, Map<String, String> labels, Map<String, AlertState> states, long timeMs) {
    Quiet muted = mutes.quiet(rule.alertLabels(labels), timeMs);
    if (muted != null) {
      return muted;
    }
    for (AlertRule worse : rules) {
      AlertState state = states.get(worse.name());
      if (state != null && state.isOpen() && worse.hides(rule)) {
        return new Quiet("hidden by " + worse.name(), Long.MAX_VALUE);
      }
    }
    return null;
  }
}
