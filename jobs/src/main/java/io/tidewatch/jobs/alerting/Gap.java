package io.tidewatch.jobs.alerting;

import io.tidewatch.schemas.codec.DetailLine;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something of an alert that the alert topic has and the table of incidents has not, or the other
 * way round. Times are event times in milliseconds since the epoch.
 *
 * @param alertId the episode
 * @param rule name of the rule
 * @param labels of the rule and of the series
 * @param triggeredAtMs when it fired
 * @param resolvedAtMs when it was over, as the side says that knows it; null when neither does
 * @param missing what is not there
 */
public record Gap(
    String alertId,
    String rule,
    Map<String, String> labels,
    long triggeredAtMs,
    @Nullable Long resolvedAtMs,
    Missing missing) {

  /** What is not there. */
  public enum Missing {
    EVENTS("no event of it is in the topic"),
    BEGINNING("the beginning is not in the topic"),
    ACTIVE("that it is active is not in the topic"),
    SUPPRESSED("that it is suppressed is not in the topic"),
    END("the end is not in the topic"),
    ROW("there is no row of it"),
    END_OF_ROW("the end is not in its row");

    private final String text;

    Missing(String text) {
      this.text = text;
    }
  }

  /** All of it in one line, whatever the labels hold. */
  public String line() {
    return DetailLine.plain(
        "%s  %s  %s  triggered %s%s: %s"
            .formatted(
                alertId,
                rule,
                new TreeMap<>(labels),
                Instant.ofEpochMilli(triggeredAtMs),
                resolvedAtMs == null ? "" : ", resolved " + Instant.ofEpochMilli(resolvedAtMs),
                missing.text));
  }
}
