package io.tidewatch.analytics.alert;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * When to tell people, and what.
 *
 * @param name unique in the deployment, not blank
 * @param condition which series, and what of them
 * @param holdFor how long the condition has to hold before the alert fires; zero fires at once
 * @param labels added to those of the series, winning over them; part of the alert's identity
 * @param annotations for people
 * @param staleAfter how long a series may be silent before its alert is over; positive, and longer
 *     than the series' distance between two samples
 */
public record AlertRule(
    String name,
    Condition condition,
    Duration holdFor,
    Map<String, String> labels,
    Map<String, String> annotations,
    Duration staleAfter)
    implements Serializable {

  /** Five minutes: the lookback after which Prometheus calls a series stale. */
  public static final Duration DEFAULT_STALE_AFTER = Duration.ofMinutes(5);

  /** The label that carries the rule's name; as in Prometheus. */
  public static final String NAME_LABEL = "alertname";

  /** A year: no alert waits longer, and sums of times stay far from overflow. */
  private static final Duration LONGEST = Duration.ofDays(366);

  /** Event times are whole milliseconds. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  public AlertRule {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: must not be blank, was '" + name + "'");
    }
    if (holdFor.isNegative() || holdFor.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "for: must be PT0S to " + LONGEST + " in rule " + name + ", was " + holdFor);
    }
    if (staleAfter.compareTo(SHORTEST) < 0 || staleAfter.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "stale_after: must be PT0.001S to "
              + LONGEST
              + " in rule "
              + name
              + ", was "
              + staleAfter);
    }
    for (String label : labels.keySet()) {
      if (!LABEL_NAME.matcher(label).matches() || label.equals(NAME_LABEL)) {
        throw new IllegalArgumentException(
            "labels: must be letters, digits and _, and not %s, in rule %s, was '%s'"
                .formatted(NAME_LABEL, name, label));
      }
    }
    // Sorted, so that what is written of them is the same in each run.
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /** A rule with the default {@code staleAfter}. */
  public AlertRule(
      String name,
      Condition condition,
      Duration holdFor,
      Map<String, String> labels,
      Map<String, String> annotations) {
    this(name, condition, holdFor, labels, annotations, DEFAULT_STALE_AFTER);
  }
}
