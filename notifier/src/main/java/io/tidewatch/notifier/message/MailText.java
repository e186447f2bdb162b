package io.tidewatch.notifier.message;

import io.tidewatch.schemas.derived.AlertEvent;
import org.owasp.encoder.Encode;

/** A message as mail. */
public final class MailText {
  /** A header line has at most 998 characters; people read the first few words. */
  private static final int MAX_SUBJECT_CHARS = 150;

  private MailText() {}

  /** One line. */
  public static String subject(Notification notification) {
    return Wording.title(notification, MAX_SUBJECT_CHARS);
  }

  public static String plain(Notification notification) {
    StringBuilder text = new StringBuilder(Wording.title(notification, MAX_SUBJECT_CHARS));
    text.append("\n\n");
    for (AlertEvent event : notification.alerts()) {
      text.append(Wording.state(event)).append("  ").append(event.rule()).append('\n');
      text.append("  ").append(Wording.summary(event)).append('\n');
      text.append("  ").append(Wording.reason(event)).append('\n');
      text.append("  ").append(Wording.labels(event)).append('\n');
      if (!event.traceIds().isEmpty()) {
        text.append("  ").append(Wording.traces(event)).append('\n');
      }
      text.append("  ").append(Wording.times(event)).append("\n\n");
    }
    return text.append(Wording.rest(notification)).append('\n').toString();
  }

  public static String html(Notification notification) {
    StringBuilder html =
        new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>");
    html.append("<h3>").append(escaped(subject(notification))).append("</h3>");
    html.append("<table cellpadding=\"6\">");
    for (AlertEvent event : notification.alerts()) {
      html.append("<tr valign=\"top\"><td><b style=\"color:")
          .append(Notification.isActive(event) ? "#b00020" : "#1b7f3b")
          .append("\">")
          .append(escaped(Wording.state(event)))
          .append("</b></td><td><b>")
          .append(escaped(event.rule()))
          .append("</b><br>")
          .append(escaped(Wording.summary(event)))
          .append("<br>")
          .append(escaped(Wording.reason(event)))
          .append("<br><small>")
          .append(escaped(Wording.labels(event)))
          .append(event.traceIds().isEmpty() ? "" : "<br>" + escaped(Wording.traces(event)))
          .append("<br>")
          .append(escaped(Wording.times(event)))
          .append("</small></td></tr>");
    }
    return html.append("</table><p>")
        .append(escaped(Wording.rest(notification)))
        .append("</p></body></html>")
        .toString();
  }

  private static String escaped(String text) {
    return Encode.forHtml(text);
  }
}
