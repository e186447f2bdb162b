package io.tidewatch.notifier.channel;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.notifier.Configs;
import io.tidewatch.notifier.Events;
import io.tidewatch.notifier.MailSink;
import io.tidewatch.notifier.Receiver;
import io.tidewatch.notifier.Receiver.Answer;
import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings;
import io.tidewatch.notifier.config.ChannelSettings.Email;
import io.tidewatch.notifier.config.Secret;
import io.tidewatch.notifier.deliver.Channel;
import io.tidewatch.notifier.deliver.Outcome;
import io.tidewatch.notifier.message.Notification;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of channel against a real server. */
class ChannelsITCase {
  private static final Notification MESSAGE = Configs.notification("k1", firing("Cpu", "a", T0));

  private final Channels channels =
      new Channels(Configs.targets(), SystemDefaultDnsResolver.INSTANCE);

  private static ChannelConfig config(ChannelSettings settings) {
    return new ChannelConfig("one", settings, Configs.delivery());
  }

  @Test
  void aMailHasTextHtmlAndTheKeyAsItsId() throws Exception {
    try (MailSink sink = new MailSink();
        Channel mail = channels.channel(MailSink.channel(sink.port()))) {
      assertThat(mail.send(MESSAGE)).isEqualTo(new Outcome.Sent());
      assertThat(sink.ids()).containsExactly("<k1@example.com>", "<k1@example.com>");
      MimeMessage received = sink.mails().get(0);
      assertThat(received.getSubject()).isEqualTo("[FIRING 1] Cpu a");
      assertThat(received.getFrom()[0]).hasToString("tidewatch@example.com");
      assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(text(received, "text/plain")).contains("x 9.5 > 8 held for PT5S\n");
      assertThat(text(received, "text/html")).contains("x 9.5 &gt; 8 held for PT5S<br>");
    }
  }

  private static String text(Part part, String type) throws Exception {
    if (part.isMimeType(type)) {
      return part.getContent().toString().replace("\r\n", "\n");
    }
    StringBuilder texts = new StringBuilder();
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        texts.append(text(parts.getBodyPart(i), type));
      }
    }
    return texts.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web-1\r\nBcc: everybody@example.com",
        "web-1\nSubject: other",
        "web-1\r\n\r\nbody",
        "<img src=x onerror=alert(1)>",
        "a\u2028b\u0000c"
      })
  void noNameOfADeviceAddsAHeaderOrAReceiver(String name) throws Exception {
    try (MailSink sink = new MailSink();
        Channel mail = channels.channel(MailSink.channel(sink.port()))) {
      List<String> own = headers(sink, mail, firingAt("web-1"));
      assertThat(headers(sink, mail, firingAt(name))).isEqualTo(own);
      assertThat(sink.mails()).hasSize(4);
      assertThat(sink.mails().get(2).getAllRecipients()).hasSize(2);
    }
  }

  private static Notification firingAt(String name) {
    return Configs.notification("k2", Events.saying(firing("Cpu", "a", T0), name));
  }

  private static List<String> headers(MailSink sink, Channel mail, Notification notification)
      throws Exception {
    assertThat(mail.send(notification)).isEqualTo(new Outcome.Sent());
    List<MimeMessage> all = sink.mails();
    return Collections.list(all.get(all.size() - 1).getAllHeaders()).stream()
        .map(header -> header.getName())
        .toList();
  }

  @Test
  void aMailServerThatIsNotThereFails() {
    int port;
    try (MailSink sink = new MailSink()) {
      port = sink.port();
    }
    Outcome outcome = channels.channel(MailSink.channel(port)).send(MESSAGE);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).reason()).startsWith("127.0.0.1: ");
  }

  @Test
  void aServerWithoutTlsIsNotTrustedWithAPassword() {
    try (MailSink sink = new MailSink()) {
      Email plain = MailSink.settings(sink.port());
      Email safe =
          new Email(
              plain.host(),
              plain.port(),
              Email.Security.STARTTLS,
              "user",
              new Secret("canary-1"),
              plain.from(),
              plain.to());
      Outcome outcome = channels.channel(config(safe)).send(MESSAGE);
      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      assertThat(outcome.toString()).doesNotContain("canary-1");
      assertThat(sink.mails()).isEmpty();
    }
  }

  @Test
  void slackIsSentJson() {
    try (Receiver web = Receiver.always(Answer.OK);
        Channel slack = channel(new ChannelSettings.Slack(new Secret(web.url())))) {
      assertThat(slack.send(MESSAGE)).isEqualTo(new Outcome.Sent());
      Receiver.Request request = web.requests().get(0);
      assertThat(request.header("Content-type")).startsWith("application/json");
      assertThat(request.header("Idempotency-key")).isEqualTo("k1");
      assertThat(request.body()).startsWith("{\"text\":\"*[FIRING 1] Cpu a*");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aWebhookHasTheHeadersOfTheFile() throws Exception {
    try (Receiver web = Receiver.always(Answer.OK);
        Channel webhook =
            channel(
                new ChannelSettings.Webhook(
                    new Secret(web.url()), Map.of("Authorization", new Secret("Bearer t"))))) {
      assertThat(webhook.send(MESSAGE)).isEqualTo(new Outcome.Sent());
      assertThat(web.requests().get(0).header("Authorization")).isEqualTo("Bearer t");
      assertThat(web.requests().get(0).body()).contains("\"version\":\"4\"");
    }
  }

  @Test
  void aShortMessageIsWhatTheTemplateSays() throws Exception {
    try (Receiver web = Receiver.always(Answer.OK);
        Channel sms =
            channel(
                new ChannelSettings.Sms(
                    new Secret(web.url()),
                    Map.of(),
                    ChannelSettings.Sms.FORM,
                    "number={{to}}&message={{text}}",
                    "+49170"))) {
      assertThat(sms.send(MESSAGE)).isEqualTo(new Outcome.Sent());
      assertThat(web.requests().get(0).body())
          .isEqualTo("number=%2B49170&message=%5BFIRING+1%5D+Cpu+a%3A+Cpu+of+a");
    }
  }

  private Channel channel(ChannelSettings settings) {
    return channels.channel(config(settings));
  }

  @Test
  void saysWhichTargetIsNotAllowedWithoutShowingIt() {
    assertThatThrownBy(
            () -> channel(new ChannelSettings.Slack(new Secret("https://x.example/canary-2"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("channels.one.slack.webhook_url: host must be in")
        .hasMessageNotContaining("canary-2");
    Email email = MailSink.settings(25);
    assertThatThrownBy(
            () ->
                channel(
                    new Email(
                        email.host(),
                        25,
                        email.security(),
                        "",
                        new Secret(""),
                        "a@b\r\nBcc: x@y",
                        email.to())))
        .hasMessageStartingWith("channels.one.email.from: must be an address");
  }
}
