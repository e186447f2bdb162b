package io.tidewatch.notifier.message;

import io.tidewatch.schemas.derived.AlertEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plain words of a message; not escaped for anything, but each on one line. */
final class Wording {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Wording() {}

  /** {@code [FIRING 2 of 3] CpuHigh web-1, CpuHigh web-2, …}: at most that many characters. */
  static String title(Notification notification, int maxChars) {
    long active = notification.active();
    int count = notification.count();
    String state =
        notification.fires()
            ? "[FIRING " + (active == count ? count : active + " of " + count) + "] "
            : "[RESOLVED " + count + "] ";
    String names =
        notification.alerts().stream()
            .map(event -> event.rule() + subject(event))
            .distinct()
            .collect(Collectors.joining(", "));
    return cut(oneLine(state + names), maxChars);
  }

  /** The labels that say whose alert it is, where there are some. */
  private static String subject(AlertEvent event) {
    Map<String, String> own = new TreeMap<>(event.labels());
    own.keySet().removeAll(Set.of("alertname", "severity", "model"));
    return own.isEmpty() ? "" : " " + String.join(" ", own.values());
  }

  /** {@code FIRING}, {@code NO DATA}, {@code RESOLVED}. */
  static String state(AlertEvent event) {
    return event.status().name().replace('_', ' ');
  }

  /** What a person set down for this rule, or else what the rule found. */
  static String summary(AlertEvent event) {
    return oneLine(event.annotations().getOrDefault("summary", event.reason()));
  }

  static String reason(AlertEvent event) {
    return oneLine(event.reason());
  }

  static String labels(AlertEvent event) {
    return oneLine(
        new TreeMap<>(event.labels())
            .entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", ")));
  }

  /** {@code slowest requests: …}, by their trace ids; empty where none is known. */
  static String traces(AlertEvent event) {
    return event.traceIds().isEmpty()
        ? ""
        : oneLine("slowest requests: " + String.join(", ", event.traceIds()));
  }

  /** {@code since … until …}. */
  static String times(AlertEvent event) {
    Long resolvedAtMs = event.resolvedAtMs();
    String since = "since " + time(event.startedAtMs());
    return resolvedAtMs == null ? since : since + " until " + time(resolvedAtMs);
  }

  /** {@code and 7 more}; empty when all are shown. */
  static String rest(Notification notification) {
    return notification.truncated() == 0 ? "" : "and " + notification.truncated() + " more";
  }

  static String time(long ms) {
    return TIME.format(Instant.ofEpochMilli(ms));
  }

  /** Without what would begin a new line, hide text or turn its direction. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    line.append(' ');
                default -> line.appendCodePoint(c);
              }
            });
    return line.toString();
  }

  static String cut(String text, int maxChars) {
    if (text.length() <= maxChars) {
      return text;
    }
    int end = maxChars - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
