package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.schemas.rule.RuleState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a subtask tells of its rules: at its first record, at once when a rule changes, and from
 * then on now and then, when the number of series has changed. Times are processing times in
 * milliseconds.
 */
final class RuleReports {
  private final RuleBook book;
  private final RuleCounts counts;
  private final int subtask;
  private final long everyMs;
  private final Map<String, RuleReport> told = new HashMap<>();
  private final Map<String, Long> sinceMs = new HashMap<>();
  private @Nullable Long nextMs;

  /**
   * @param everyMs least time between two reports of the same rule, and how long a rule has to
   *     match a series until it is said that it has not
   */
  RuleReports(RuleBook book, RuleCounts counts, int subtask, long everyMs) {
    this.book = book;
    this.counts = counts;
    this.subtask = subtask;
    this.everyMs = everyMs;
  }

  /** Where reports go. */
  @FunctionalInterface
  interface Output {
    void tell(RuleReport report);
  }

  /** Tells what has changed, unless it is too early for that. */
  void whenDue(long nowMs, Output out) {
    if (nextMs != null && nowMs < nextMs) {
      return;
    }
    nextMs = nowMs + everyMs;
    for (Map.Entry<String, RuleBook.Entry> each : book.entries().entrySet()) {
      tell(each.getKey(), each.getValue(), nowMs, out);
    }
  }

  /** Tells of a rule that was told, whether it could be used or not. */
  void changed(String name, long nowMs, Output out) {
    sinceMs.remove(name);
    RuleBook.Entry entry = book.entries().get(name);
    if (entry != null) {
      tell(name, entry, nowMs, out);
    } else {
      told.remove(name);
      out.tell(new RuleReport(name, RuleState.REMOVED, null, null, null, subtask, 0));
    }
  }

  private void tell(String name, RuleBook.Entry entry, long nowMs, Output out) {
    long since = sinceMs.computeIfAbsent(name, rule -> nowMs);
    long matched = counts.matched(name);
    boolean never = entry.state() == RuleState.ACCEPTED && matched == 0 && nowMs - since >= everyMs;
    AlertRule used = entry.rule();
    RuleReport report =
        new RuleReport(
            name,
            never ? RuleState.NEVER_MATCHED : entry.state(),
            used == null ? null : used.version(),
            never ? "no series has matched so far" : entry.reason(),
            entry.document(),
            subtask,
            matched);
    if (!report.equals(told.put(name, report))) {
      out.tell(report);
    }
  }
}
