package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.AlertRule;
import org.jspecify.annotations.Nullable;

/**
 * A rule in one of its versions.
 *
 * @param version hash of its text
 */
record UsedRule(AlertRule rule, String version) {

  /** Under what its alerts stand in the state of a series: those of another version are others. */
  String stateKey() {
    return rule.name() + "\n" + version;
  }

  /** Whether the other one is this version of this rule. */
  boolean isSame(@Nullable UsedRule other) {
    return other != null && stateKey().equals(other.stateKey());
  }
}
