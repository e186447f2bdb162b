package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.config.ChannelSettings.Email;
import io.tidewatch.notifier.config.ChannelSettings.Email.Security;
import io.tidewatch.notifier.deliver.Channel;
import io.tidewatch.notifier.deliver.Outcome;
import io.tidewatch.notifier.message.MailText;
import io.tidewatch.notifier.message.Notification;
import java.time.Duration;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/**
 * One mail for each message, to all receivers at once. Its {@code Message-ID} is made of the
 * idempotency key, so that a repetition is the same mail.
 */
final class EmailChannel implements Channel {
  private final Email settings;
  private final Mailer mailer;

  /**
   * @param timeout of one step of the conversation with the mail server
   */
  EmailChannel(Email settings, Duration timeout) {
    this.settings = settings;
    var server =
        settings.user().isEmpty()
            ? MailerBuilder.withSMTPServer(settings.host(), settings.port())
            : MailerBuilder.withSMTPServer(
                settings.host(), settings.port(), settings.user(), settings.password().reveal());
    this.mailer =
        server
            .withTransportStrategy(strategy(settings.security()))
            .withSessionTimeout((int) timeout.toMillis())
            .buildMailer();
  }

  private static TransportStrategy strategy(Security security) {
    return switch (security) {
      case NONE -> TransportStrategy.SMTP;
      case STARTTLS -> TransportStrategy.SMTP_TLS;
      case TLS -> TransportStrategy.SMTPS;
    };
  }

  @Override
  public Outcome send(Notification notification) {
    try {
      mailer
          .sendMail(
              EmailBuilder.startingBlank()
                  .fixingMessageId(messageId(notification))
                  .from(settings.from())
                  .toMultiple(settings.to())
                  .withSubject(MailText.subject(notification))
                  .withPlainText(MailText.plain(notification))
                  .withHTMLText(MailText.html(notification))
                  // no answers from those who are away
                  .withHeader("Auto-Submitted", "auto-generated")
                  .buildEmail(),
              false)
          .join();
      return new Outcome.Sent();
    } catch (RuntimeException e) {
      return new Outcome.Failed(settings.host() + ": " + reason(e), null);
    }
  }

  private String messageId(Notification notification) {
    String from = settings.from();
    return "<" + notification.key() + from.substring(from.indexOf('@')) + ">";
  }

  /** The innermost reason: what the server or the network said. */
  private static String reason(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return (inner.getClass().getSimpleName() + " " + inner.getMessage())
        .lines()
        .findFirst()
        .orElse("");
  }
}
