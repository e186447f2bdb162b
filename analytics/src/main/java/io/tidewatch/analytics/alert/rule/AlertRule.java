package io.tidewatch.analytics.alert.rule;

import io.tidewatch.analytics.alert.expr.Comparing;
import io.tidewatch.analytics.alert.expr.Expression;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When to tell people, and what. Made by a {@link RuleDraft}. All durations are event time. Equal
 * are rules that say the same.
 */
public final class AlertRule implements Serializable {
  private static final long serialVersionUID = 2;

  /** Five minutes: the lookback after which Prometheus calls a series stale. */
  public static final Duration DEFAULT_STALE_AFTER = Duration.ofMinutes(5);

  /** The label that carries the rule's name; as in Prometheus. */
  public static final String NAME_LABEL = "alertname";

  /** The label that says how bad it is: {@code critical}, {@code warning}, {@code info}. */
  public static final String SEVERITY_LABEL = "severity";

  /** 64 bits: nobody writes enough versions of a rule for two to be alike. */
  private static final int VERSION_DIGITS = 16;

  private final String name;
  private final String group;
  private final Expression condition;
  private final Duration holdFor;
  private final Duration keepFiringFor;
  private final @Nullable Expression clear;
  private final Duration clearFor;
  private final long minSamples;
  private final @Nullable Duration absentFor;
  private final @Nullable Flapping flapping;
  private final Duration suppressFor;
  private final Duration staleAfter;
  private final TreeMap<String, String> labels;
  private final TreeMap<String, Template> annotations;
  private final String version;

  AlertRule(RuleDraft draft) {
    name = draft.name;
    group = draft.group;
    condition = draft.condition;
    holdFor = RuleLimits.duration("for", draft.holdFor);
    keepFiringFor = RuleLimits.duration("keep_firing_for", draft.keepFiringFor);
    clear = draft.clear;
    clearFor = RuleLimits.duration("clear_for", draft.clearFor);
    minSamples = draft.minSamples;
    absentFor = draft.absentFor == null ? null : RuleLimits.positive("absent_for", draft.absentFor);
    flapping = draft.flapping;
    suppressFor = RuleLimits.duration("suppress_for", draft.suppressFor);
    staleAfter = RuleLimits.positive("stale_after", draft.staleAfter);
    RuleLimits.labels(draft.labels);
    // Sorted, so that what is written of them is the same in each run.
    labels = new TreeMap<>(draft.labels);
    annotations = new TreeMap<>();
    draft.annotations.forEach(
        (key, text) -> {
          try {
            annotations.put(key, Template.parse(text));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("annotations." + key + ": " + e.getMessage(), e);
          }
        });
    check();
    version = hash();
  }

  private void check() {
    if (name.isBlank()) {
      throw new IllegalArgumentException("alert: must not be blank, was '" + name + "'");
    }
    if (minSamples < 0) {
      throw new IllegalArgumentException("min_samples: must be 0 or more, was " + minSamples);
    }
    if (condition.isSelector() && absentFor == null) {
      throw new IllegalArgumentException(
          "expr: must compare a metric with a number, or the rule must have absent_for, was '"
              + condition
              + "'");
    }
    if (condition.isSelector() && clear != null) {
      throw new IllegalArgumentException(
          "clear: must stand beside a comparison, was '" + clear + "'");
    }
    if (clear != null && clear.isSelector()) {
      throw new IllegalArgumentException("clear: must compare, was '" + clear + "'");
    }
  }

  /** A rule to be filled. */
  public static RuleDraft named(String name, Expression condition) {
    return new RuleDraft(name, condition);
  }

  /** Unique in the deployment, not blank. */
  public String name() {
    return name;
  }

  /** Of the rule file; rules hide one another within it. */
  public String group() {
    return group;
  }

  /** Which series, and what of them. */
  public Expression condition() {
    return condition;
  }

  /** How long the condition has to hold before the alert fires; zero fires at once. */
  public Duration holdFor() {
    return holdFor;
  }

  /** How long an alert goes on at least, once the condition no longer holds. */
  public Duration keepFiringFor() {
    return keepFiringFor;
  }

  /** What must hold for an alert to end; null: that the condition does not. */
  public @Nullable Expression clear() {
    return clear;
  }

  /** How long that has to hold before the alert ends. */
  public Duration clearFor() {
    return clearFor;
  }

  /** A record of fewer samples says nothing; 0: any says something. */
  public long minSamples() {
    return minSamples;
  }

  /** How long a series may be silent before that is an alert; null: as long as it likes. */
  public @Nullable Duration absentFor() {
    return absentFor;
  }

  /** When the alert is held open because it changes too often; null: never. */
  public @Nullable Flapping flapping() {
    return flapping;
  }

  /** How long people are not told again that this alert fires, once they were; zero: each time. */
  public Duration suppressFor() {
    return suppressFor;
  }

  /**
   * How long a series may say nothing before its alert is over; longer than the distance between
   * two records.
   */
  public Duration staleAfter() {
    return staleAfter;
  }

  /** Added to those of the series, winning over them; part of the alert's identity. */
  public Map<String, String> labels() {
    return Collections.unmodifiableMap(labels);
  }

  /** For people. */
  public Map<String, Template> annotations() {
    return Collections.unmodifiableMap(annotations);
  }

  /** Hash of all the rule says: 16 lower-case hex digits. */
  public String version() {
    return version;
  }

  /** The limit of the condition, where it is one comparison; null where it is not. */
  public @Nullable Double threshold() {
    Comparing single = condition.single();
    return single == null ? null : Double.valueOf(single.threshold());
  }

  /**
   * Labels of an alert of this rule: those of the series, over them those of the rule, over them
   * {@code alertname}. Sorted, unmodifiable.
   */
  public Map<String, String> alertLabels(Map<String, String> seriesLabels) {
    Map<String, String> all = new TreeMap<>(seriesLabels);
    all.putAll(labels);
    all.put(NAME_LABEL, name);
    return Collections.unmodifiableMap(all);
  }

  /** 3 critical, 2 warning, 1 info, 0 any other severity or none. */
  public int severity() {
    return switch (labels.getOrDefault(SEVERITY_LABEL, "")) {
      case "critical" -> 3;
      case "warning" -> 2;
      case "info" -> 1;
      default -> 0;
    };
  }

  /**
   * Whether an alert of this rule hides one of another rule for the same series: it is more severe,
   * and about the same. About the same are rules of one group whose conditions name the same
   * metrics.
   */
  public boolean hides(AlertRule other) {
    return other.severity() > 0
        && severity() > other.severity()
        && group.equals(other.group)
        && condition.metrics().equals(other.condition.metrics());
  }

  private String hash() {
    TreeMap<String, String> texts = new TreeMap<>();
    annotations.forEach((key, template) -> texts.put(key, template.text()));
    TreeSet<String> keys = new TreeSet<>();
    keys.add("for " + holdFor);
    keys.add("keep_firing_for " + keepFiringFor);
    keys.add("clear_for " + clearFor);
    keys.add("suppress_for " + suppressFor);
    keys.add("stale_after " + staleAfter);
    keys.add("min_samples " + minSamples);
    keys.add("clear " + clear);
    keys.add("absent_for " + absentFor);
    keys.add("flapping " + flapping);
    return new StableHash()
        .text(name)
        .text(group)
        .text(condition.text())
        .text(String.join("\n", keys))
        .texts(labels)
        .texts(texts)
        .hex(VERSION_DIGITS);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AlertRule that && version.equals(that.version);
  }

  @Override
  public int hashCode() {
    return version.hashCode();
  }

  @Override
  public String toString() {
    return name + " " + version + ": " + condition;
  }
}
