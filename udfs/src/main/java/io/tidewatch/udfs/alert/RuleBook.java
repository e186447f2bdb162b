package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.analytics.alert.life.SeriesAlerts;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Mutes;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules a subtask knows, by name, and what it makes of them. */
final class RuleBook {
  private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);

  private final RuleReader reader;
  private final SeriesReader<?, ?> series;
  private final Mutes mutes;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, AlertRule> former = new HashMap<>();
  private List<AlertRule> used = List.of();
  private SeriesAlerts alerts;

  /**
   * @param mutes of all rules
   */
  private RuleBook(RuleReader reader, SeriesReader<?, ?> series, Mutes mutes) {
    this.reader = reader;
    this.series = series;
    this.mutes = mutes;
    this.alerts = new SeriesAlerts(List.of(), mutes);
  }

  /**
   * The rules to begin with.
   *
   * @param restored those of the state
   */
  static RuleBook begin(
      StartingRules atStart,
      Map<String, StoredRule> restored,
      RuleReader reader,
      SeriesReader<?, ?> series) {
    RuleBook book = new RuleBook(reader, series, atStart.mutes());
    atStart
        .over(restored)
        .forEach(
            (name, stored) -> {
              if (!stored.document().isEmpty()) {
                book.put(name, stored.document());
              }
            });
    atStart.refused().forEach(book::refuse);
    restored.forEach(book::rememberFormer);
    return book;
  }

  /**
   * What is known of a rule.
   *
   * @param rule in use; null where none is
   * @param document of the rule in use, or of one that cannot match here; null where neither is
   * @param reason why what was told last cannot be used or cannot match, as a status can tell it
   */
  record Entry(
      RuleState state,
      @Nullable AlertRule rule,
      @Nullable String document,
      @Nullable String reason) {

    Entry {
      reason = reason == null ? null : RuleStatusCodec.reason(reason);
    }
  }

  /** The rules in use. */
  List<AlertRule> used() {
    return used;
  }

  /** The rules in use over one series. */
  SeriesAlerts alerts() {
    return alerts;
  }

  /** The rule in use of that name; null where none is. */
  @Nullable AlertRule used(String name) {
    Entry entry = entries.get(name);
    return entry == null ? null : entry.rule();
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
    AlertRule rule;
    try {
      rule = read(name, document);
    } catch (IllegalArgumentException e) {
      refuse(name, String.valueOf(e.getMessage()));
      return false;
    }
    String mistake = series.mistake(rule);
    entries.put(
        name,
        mistake == null
            ? new Entry(RuleState.ACCEPTED, rule, document, null)
            : new Entry(RuleState.NEVER_MATCHED, null, document, mistake));
    changed();
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
    entries.remove(name);
    changed();
  }

  /** The rule of that version that was in use before a restart; null where nobody knows it. */
  @Nullable AlertRule former(String name, String version) {
    return former.get(name + "\n" + version);
  }

  private void rememberFormer(String name, StoredRule stored) {
    if (stored.document().isEmpty()) {
      return;
    }
    try {
      AlertRule was = read(name, stored.document());
      if (!was.equals(used(name))) {
        former.put(name + "\n" + was.version(), was);
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("rule '{}' of before the restart cannot be read: {}", name, e.getMessage());
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

  private void changed() {
    List<AlertRule> all = new ArrayList<>();
    for (Entry entry : entries.values()) {
      AlertRule rule = entry.rule();
      if (rule != null) {
        all.add(rule);
      }
    }
    used = List.copyOf(all);
    alerts = new SeriesAlerts(used, mutes);
  }
}
