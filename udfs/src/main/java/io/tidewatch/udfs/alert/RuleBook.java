package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.AlertIds;
import io.tidewatch.analytics.alert.AlertRule;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleUpdate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules a subtask knows, by name, and what it makes of them. */
final class RuleBook {
  private final RuleReader reader;
  private final SeriesReader<?, ?> series;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, UsedRule> used = new TreeMap<>();

  RuleBook(RuleReader reader, SeriesReader<?, ?> series) {
    this.reader = reader;
    this.series = series;
  }

  /**
   * What is known of a rule.
   *
   * @param rule in use; null where none is
   * @param document of the rule in use, or of one that cannot match here; null where neither is
   * @param reason why what was told last cannot be used or cannot match
   */
  record Entry(
      RuleState state,
      @Nullable UsedRule rule,
      @Nullable String document,
      @Nullable String reason) {}

  /** The rules in use, in the order of their names. */
  Collection<UsedRule> used() {
    return used.values();
  }

  /** The rule in use of that name; null where none is. */
  @Nullable UsedRule used(String name) {
    return used.get(name);
  }

  /** All that is known, by name. */
  Map<String, Entry> entries() {
    return entries;
  }

  /**
   * Takes a document into use, or notes why it cannot be; then the one before it stays. A rule that
   * names a metric which is none of this job takes the place of the one before it and matches
   * nothing.
   *
   * @return whether the document has taken the place of what was there
   */
  boolean put(String name, String document) {
    UsedRule before = used.get(name);
    AlertRule rule;
    try {
      rule = read(name, document);
    } catch (IllegalArgumentException e) {
      refuse(name, String.valueOf(e.getMessage()));
      return false;
    }
    String mistake = series.mistake(rule.condition());
    if (mistake != null) {
      used.remove(name);
      entries.put(name, new Entry(RuleState.NEVER_MATCHED, null, document, mistake));
      return true;
    }
    UsedRule now = new UsedRule(rule, AlertIds.ruleVersion(rule));
    boolean same = before != null && before.version().equals(now.version());
    UsedRule kept = same ? before : now;
    used.put(name, kept);
    entries.put(name, new Entry(RuleState.ACCEPTED, kept, document, null));
    return true;
  }

  /** Notes that what was told last of a rule cannot be used. */
  void refuse(String name, String reason) {
    Entry before = entries.get(name);
    entries.put(
        name,
        new Entry(
            RuleState.REFUSED,
            before == null ? null : before.rule(),
            before == null ? null : before.document(),
            reason));
  }

  /** Forgets a rule. */
  void remove(String name) {
    used.remove(name);
    entries.remove(name);
  }

  /**
   * The rule of a document that was in use once.
   *
   * @return null when it cannot be read any more
   */
  @Nullable UsedRule former(String name, String document) {
    try {
      AlertRule rule = read(name, document);
      return new UsedRule(rule, AlertIds.ruleVersion(rule));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private AlertRule read(String name, String document) {
    if (document.length() > RuleUpdate.MAX_DOCUMENT_CHARS) {
      throw new IllegalArgumentException(
          "document: must be at most %d characters, was %d"
              .formatted(RuleUpdate.MAX_DOCUMENT_CHARS, document.length()));
    }
    return reader.read(name, document);
  }
}
