package io.tidewatch.analytics.alert.rule;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** What the keys of a rule may say; a message names key, rule and value. */
final class RuleLimits {
  /** A year: no alert waits longer, and sums of times stay far from overflow. */
  static final Duration LONGEST = Duration.ofDays(366);

  /** Event times are whole milliseconds. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private RuleLimits() {}

  /** Zero or more. */
  static Duration duration(String key, Duration duration) {
    return checked(key, duration, Duration.ZERO);
  }

  /** A millisecond or more. */
  static Duration positive(String key, Duration duration) {
    return checked(key, duration, SHORTEST);
  }

  private static Duration checked(String key, Duration duration, Duration least) {
    if (duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s: must be %s to %s, was %s"
              .formatted(
                  key,
                  PromDuration.format(least),
                  PromDuration.format(LONGEST),
                  duration.isNegative() ? duration : PromDuration.format(duration)));
    }
    return duration;
  }

  /** Labels are the identity of an alert: no value, and not the label that carries its name. */
  static void labels(Map<String, String> labels) {
    labels.forEach(
        (label, value) -> {
          if (!LABEL_NAME.matcher(label).matches() || label.equals(AlertRule.NAME_LABEL)) {
            throw new IllegalArgumentException(
                "labels: must be letters, digits and _, and not %s, was '%s'"
                    .formatted(AlertRule.NAME_LABEL, label));
          }
          if (value.contains("{{")) {
            throw new IllegalArgumentException(
                "labels.%s: must be a text without places to fill, was '%s'"
                    .formatted(label, value));
          }
        });
  }
}
