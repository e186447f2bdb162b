package io.tidewatch.notifier.message;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tidewatch.notifier.config.ChannelSettings.Sms;
import io.tidewatch.schemas.derived.AlertEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A message as the request a gateway for short messages wants. */
public final class SmsText {
  /** Two messages of a phone. */
  private static final int MAX_CHARS = 300;

  private SmsText() {}

  /** The body of the request. */
  public static byte[] body(Sms gateway, Notification notification) {
    String text = encoded(gateway, text(notification));
    return gateway
        .body()
        .replace("{{to}}", encoded(gateway, gateway.to()))
        .replace("{{text}}", text)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Notification notification) {
    AlertEvent first = notification.alerts().get(0);
    return Wording.cut(
        Wording.title(notification, MAX_CHARS / 2) + ": " + Wording.summary(first), MAX_CHARS);
  }

  private static String encoded(Sms gateway, String value) {
    return gateway.contentType().equals(Sms.JSON)
        ? new String(JsonStringEncoder.getInstance().quoteAsString(value))
        : URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
