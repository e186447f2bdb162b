package io.tidewatch.notifier.message;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.schemas.derived.AlertEvent;
import java.nio.charset.StandardCharsets;

/** A message as the JSON of an incoming webhook of Slack. */
public final class SlackText {
  private static final int MAX_TITLE_CHARS = 300;

  /** Slack cuts a text at 40,000 characters, and shows a few thousand of them. */
  private static final int MAX_TEXT_CHARS = 8_000;

  private SlackText() {}

  public static byte[] body(Notification notification) {
    StringBuilder text = new StringBuilder();
    text.append('*').append(escaped(Wording.title(notification, MAX_TITLE_CHARS))).append("*\n");
    int shown = 0;
    for (AlertEvent event : notification.alerts()) {
      String line =
          "%s *%s* %s%n%s · %s%s%n"
              .formatted(
                  Notification.isActive(event) ? ":red_circle:" : ":large_green_circle:",
                  escaped(event.rule()),
                  escaped(Wording.summary(event)),
                  escaped(Wording.reason(event)),
                  escaped(Wording.labels(event)),
                  event.traceIds().isEmpty() ? "" : " · " + escaped(Wording.traces(event)));
      if (text.length() + line.length() > MAX_TEXT_CHARS) {
        break;
      }
      text.append(line);
      shown++;
    }
    int rest = notification.count() - shown;
    if (rest > 0) {
      text.append("and ").append(rest).append(" more");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("text", text.toString());
    body.put("mrkdwn", true);
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * So that nothing is a link, a mention or formatting: the three characters Slack gives a meaning,
   * as it asks; the signs of its mark-up with a joiner of no width behind, as it has no escape for
   * them.
   */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (char c : Wording.oneLine(text).toCharArray()) {
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '*', '_', '~', '`', '@', '#', '|' -> safe.append(c).append('\u2060');
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }
}
