package io.tidewatch.notifier;

import io.tidewatch.notifier.route.Route;
import java.time.Duration;

/** A notifier in a process of its own, to be killed. */
final class NotifierChild {
  private NotifierChild() {}

  /** Arguments: Kafka, name, URL of the webhook, port of the mail server. */
  public static void main(String[] args) throws Exception {
    try (Notifier notifier =
        Notifier.start(
            Configs.notifier(
                args[0],
                args[1],
                Configs.route(Duration.ZERO, Route.ALL_LABELS),
                Configs.webhook("web", args[2]),
                MailSink.channel(Integer.parseInt(args[3]))))) {
      notifier.awaitEnd();
    }
  }
}
