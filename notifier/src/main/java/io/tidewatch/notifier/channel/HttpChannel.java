package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.config.Secret;
import io.tidewatch.notifier.deliver.Channel;
import io.tidewatch.notifier.deliver.Outcome;
import io.tidewatch.notifier.http.HttpPoster;
import io.tidewatch.notifier.message.Notification;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One request for each message: Slack, webhooks, gateways for short messages. The header {@code
 * Idempotency-Key} lets the other side know a repetition.
 */
final class HttpChannel implements Channel {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final HttpPoster poster;
  private final URI target;
  private final Map<String, Secret> headers;
  private final String contentType;
  private final Function<Notification, byte[]> body;

  HttpChannel(
      HttpPoster poster,
      URI target,
      Map<String, Secret> headers,
      String contentType,
      Function<Notification, byte[]> body) {
    this.poster = poster;
    this.target = target;
    this.headers = headers;
    this.contentType = contentType;
    this.body = body;
  }

  @Override
  public Outcome send(Notification notification) {
    Map<String, String> all = revealed(headers);
    all.put(IDEMPOTENCY_KEY, notification.key());
    return poster.post(target, all, contentType, body.apply(notification));
  }

  static Map<String, String> revealed(Map<String, Secret> headers) {
    Map<String, String> revealed = new HashMap<>();
    headers.forEach((name, value) -> revealed.put(name, value.reveal()));
    return revealed;
  }

  @Override
  public void close() {
    poster.close();
  }
}
