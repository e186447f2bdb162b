package io.tidewatch.analytics.alert;

import io.tidewatch.analytics.alert.expr.Comparing;
import io.tidewatch.analytics.alert.life.AlertMachine;
import io.tidewatch.analytics.alert.life.Transition;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Flapping;
import io.tidewatch.analytics.alert.rule.Numbers;
import io.tidewatch.analytics.alert.rule.PromDuration;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;

/** Why an alert is what it is: one sentence for a person. */
final class AlertReason {
  private AlertReason() {}

  static String of(AlertRule rule, Transition transition) {
    boolean over = transition.status() == AlertStatus.RESOLVED;
    return switch (transition.cause()) {
      case RECORD -> record(rule, transition, over);
      case SILENCE ->
          over ? noData(rule.staleAfter()) : noData(absentFor(rule)) + ", while others sent";
      case TOPIC_SILENCE -> noData(absentFor(rule)) + ", and none from any other series";
      case FEW_SAMPLES ->
          "fewer than %d samples for %s".formatted(rule.minSamples(), text(rule.staleAfter()));
      case DATA_IS_BACK -> "data is back";
      case SERIES_IS_GONE -> noData(AlertMachine.GONE_AFTER) + ": taken for gone";
      case CHANGES -> changes(rule);
      case CALM -> "no change for " + text(hold(rule)) + (over ? "" : ", and still there");
      case CATCH_UP -> "still there, and people had not been told";
      case RULE_REMOVED -> "the rule was removed";
      case RULE_REPLACED -> "the rule was replaced";
    };
  }

  private static String record(AlertRule rule, Transition transition, boolean over) {
    Comparing by = transition.by();
    Double value = transition.value();
    String found =
        by == null || value == null ? rule.condition().text() : compared(by, value, over);
    return over || rule.holdFor().isZero() ? found : found + " held for " + text(rule.holdFor());
  }

  private static String compared(Comparing by, double value, boolean over) {
    String not = over ? "no longer " : "not ";
    return "%s %s %s%s %s"
        .formatted(
            by.selector().metric(),
            shown(by, value),
            by.holds(value) ? "" : not,
            by.comparison().symbol(),
            Numbers.exact(by.threshold()));
  }

  /** Rounded for people, unless the sentence would become untrue by it. */
  private static String shown(Comparing by, double value) {
    double rounded = Numbers.rounded(value);
    return Numbers.exact(by.holds(rounded) == by.holds(value) ? rounded : value);
  }

  private static String changes(AlertRule rule) {
    Flapping flapping = rule.flapping();
    return flapping == null
        ? "changed too often"
        : "changed %d times within %s, held open until it has not for %s"
            .formatted(flapping.transitions(), text(flapping.within()), text(flapping.hold()));
  }

  private static Duration hold(AlertRule rule) {
    Flapping flapping = rule.flapping();
    return flapping == null ? Duration.ZERO : flapping.hold();
  }

  private static Duration absentFor(AlertRule rule) {
    Duration absentFor = rule.absentFor();
    return absentFor == null ? rule.staleAfter() : absentFor;
  }

  private static String noData(Duration silence) {
    return "no data for " + text(silence);
  }

  private static String text(Duration duration) {
    return PromDuration.format(duration);
  }
}
