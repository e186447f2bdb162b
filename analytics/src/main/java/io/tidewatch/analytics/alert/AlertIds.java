package io.tidewatch.analytics.alert;

import io.tidewatch.analytics.alert.rule.StableHash;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.Locale;
import java.util.Map;

/**
 * Names of alerts that are the same in each run: hashes ({@link StableHash}) of rule, labels and
 * event times. Stored and compared across releases: never change.
 */
public final class AlertIds {

  /**
   * 32 hex digits, 128 bits: among a billion episodes two bear the same id with a probability of
   * 1.5e-21.
   */
  private static final int HEX_DIGITS = 32;

  private AlertIds() {}

  /**
   * One episode of one series under one version of a rule: 32 lower-case hex digits. Another
   * version ends the episodes of the one before it; where it takes effect earlier in the records
   * when they are read again, its episode may begin when that one did, and is another all the same.
   *
   * @param ruleVersion of the rule that the episode is under
   * @param startedAtMs event time, milliseconds since the epoch
   */
  public static String alertId(
      String rule, String ruleVersion, Map<String, String> labels, long startedAtMs) {
    return new StableHash()
        .text(rule)
        .text(ruleVersion)
        .texts(labels)
        .number(startedAtMs)
        .hex(HEX_DIGITS);
  }

  /** One series under one rule, whatever its version and the episode: 32 lower-case hex digits. */
  public static String fingerprint(String rule, Map<String, String> labels) {
    return new StableHash().text(rule).texts(labels).hex(HEX_DIGITS);
  }

  /**
   * One transition of an episode: 32 lower-case hex digits.
   *
   * @param ruleVersion of the rule that made it
   * @param atMs event time of the transition, milliseconds since the epoch
   */
  public static String eventId(String alertId, String ruleVersion, AlertStatus status, long atMs) {
    return new StableHash()
        .text(alertId)
        .text(ruleVersion)
        .text(status.name().toLowerCase(Locale.ROOT))
        .number(atMs)
        .hex(HEX_DIGITS);
  }
}
