package io.tidewatch.notifier;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings;
import io.tidewatch.notifier.config.ChannelSettings.Email;
import io.tidewatch.notifier.config.Secret;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** A mail server on loopback that keeps what it is sent. */
public final class MailSink implements AutoCloseable {
  private final GreenMail server;

  public MailSink() {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(30_000);
    server = new GreenMail(setup);
    server.start();
  }

  public int port() {
    return server.getSmtp().getPort();
  }

  /** A channel that leads here. */
  public static ChannelConfig channel(int port) {
    return new ChannelConfig("mail", settings(port), Configs.delivery());
  }

  public static ChannelSettings.Email settings(int port) {
    return new Email(
        "127.0.0.1",
        port,
        Email.Security.NONE,
        "",
        new Secret(""),
        "tidewatch@example.com",
        List.of("on-call@example.com", "boss@example.com"));
  }

  public List<MimeMessage> mails() {
    return List.of(server.getReceivedMessages());
  }

  /** Message ids in the order they came; a mail to two people is there twice. */
  public List<String> ids() {
    return mails().stream()
        .map(
            mail -> {
              try {
                return mail.getMessageID();
              } catch (MessagingException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }
}
