package io.tidewatch.analytics.alert.rule;

import io.tidewatch.analytics.alert.expr.Comparing;
import io.tidewatch.analytics.alert.expr.Expression;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule while it is written; what is not said has its default. */
public final class RuleDraft {
  final String name;
  final Expression condition;
  String group = "";
  Duration holdFor = Duration.ZERO;
  Duration keepFiringFor = Duration.ZERO;
  @Nullable Expression clear;
  Duration clearFor = Duration.ZERO;
  long minSamples;
  @Nullable Duration absentFor;
  @Nullable Flapping flapping;
  Duration suppressFor = Duration.ZERO;
  Duration staleAfter = AlertRule.DEFAULT_STALE_AFTER;
  Map<String, String> labels = Map.of();
  Map<String, String> annotations = Map.of();

  RuleDraft(String name, Expression condition) {
    this.name = name;
    this.condition = condition;
  }

  /** Name of the group in the rule file. */
  public RuleDraft group(String name) {
    group = name;
    return this;
  }

  /** {@code for}: how long the condition has to hold; default 0. */
  public RuleDraft holdFor(Duration duration) {
    holdFor = duration;
    return this;
  }

  /** How long the alert goes on once the condition no longer holds; default 0. */
  public RuleDraft keepFiringFor(Duration duration) {
    keepFiringFor = duration;
    return this;
  }

  /** What must hold for the alert to end; default: that the condition does not. */
  public RuleDraft clear(Expression expression) {
    clear = expression;
    return this;
  }

  /**
   * The alert ends when the value is no longer beyond another limit than the one at which it began.
   *
   * @param limit on the quiet side of the threshold, in its unit
   * @throws IllegalArgumentException when it is not, or the condition is not one comparison by
   *     {@code >}, {@code >=}, {@code <} or {@code <=}
   */
  public RuleDraft clear(double limit) {
    Comparing single = condition.single();
    if (single == null || !single.comparison().isOneSided()) {
      throw new IllegalArgumentException(
          "clear: must be an expression where expr is not one comparison by > >= < or <=, was "
              + Numbers.exact(limit));
    }
    double threshold = single.threshold();
    if (limit != threshold && single.comparison().holds(limit, threshold)) {
      throw new IllegalArgumentException(
          "clear: must not itself be %s %s, was %s"
              .formatted(
                  single.comparison().symbol(), Numbers.exact(threshold), Numbers.exact(limit)));
    }
    return clear(Expression.notBeyond(single, limit));
  }

  /** How long that has to hold; default 0. */
  public RuleDraft clearFor(Duration duration) {
    clearFor = duration;
    return this;
  }

  /** A record of fewer samples says nothing; default 0. */
  public RuleDraft minSamples(long samples) {
    minSamples = samples;
    return this;
  }

  /** How long a series may be silent before that is an alert; default: as long as it likes. */
  public RuleDraft absentFor(@Nullable Duration duration) {
    absentFor = duration;
    return this;
  }

  /** When the alert is held open because it changes too often; default: never. */
  public RuleDraft flapping(@Nullable Flapping often) {
    flapping = often;
    return this;
  }

  /** How long people are not told again that the alert fires; default 0. */
  public RuleDraft suppressFor(Duration duration) {
    suppressFor = duration;
    return this;
  }

  /** How long a series may say nothing before its alert is over; default 5 minutes. */
  public RuleDraft staleAfter(Duration duration) {
    staleAfter = duration;
    return this;
  }

  /** Labels of the alert, over those of the series; default none. */
  public RuleDraft labels(Map<String, String> texts) {
    labels = texts;
    return this;
  }

  /** Templates for people; default none. */
  public RuleDraft annotations(Map<String, String> texts) {
    annotations = texts;
    return this;
  }

  /**
   * The rule.
   *
   * @throws IllegalArgumentException naming key and value, when it makes no sense
   */
  public AlertRule build() {
    return new AlertRule(this);
  }
}
