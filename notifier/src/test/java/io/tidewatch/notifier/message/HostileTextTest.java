package io.tidewatch.notifier.message;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.firing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.notifier.Configs;
import io.tidewatch.notifier.Events;
import io.tidewatch.notifier.config.ChannelSettings.Sms;
import io.tidewatch.notifier.config.Secret;
import java.net.URLDecoder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of devices that want to be more than names. */
class HostileTextTest {
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final String IMAGE = "\"><img src=x onerror=alert(1)>";
  private static final String HEADER = "web-1\r\nBcc: everybody@example.com\r\n\r\nhello";
  private static final String LINK = "<https://evil.example|click> <!channel> <@U123>";
  private static final String MARKUP = "*bold* _it_ ~no~ `code` @here #general";
  private static final String QUOTES = "a\",\"to\":\"+100\",\"x\":\"";
  private static final String FORM = "a&to=%2B100&x=1";
  private static final String TURNED = "a\u202Eb\u2028c\u0000d\uD800e";
  private static final String TEMPLATE = "{{to}} {{text}} ${HOME}";

  private static Notification about(String words) {
    return Configs.notification("k1", Events.saying(firing("Cpu", "a", T0), words));
  }

  @ParameterizedTest
  @ValueSource(strings = {SCRIPT, IMAGE, HEADER, LINK, MARKUP, QUOTES, FORM, TURNED, TEMPLATE})
  void aSubjectIsOneLineOfPlainText(String words) {
    assertThat(MailText.subject(about(words))).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}]");
    assertThat(MailText.subject(about(words.repeat(50))).length()).isLessThanOrEqualTo(150);
  }

  @ParameterizedTest
  @ValueSource(strings = {SCRIPT, IMAGE, HEADER, LINK, MARKUP, QUOTES, FORM, TURNED, TEMPLATE})
  void htmlHasNoOtherElementsThanItsOwn(String words) {
    String html = MailText.html(about(words));
    String own = MailText.html(about("web-1"));
    assertThat(html.replaceAll("[^<>]", "")).isEqualTo(own.replaceAll("[^<>]", ""));
    assertThat(html.replaceAll("(?s)>[^<]*<", "><")).isEqualTo(own.replaceAll("(?s)>[^<]*<", "><"));
  }

  @ParameterizedTest
  @ValueSource(strings = {SCRIPT, IMAGE, HEADER, LINK, MARKUP, QUOTES, FORM, TURNED, TEMPLATE})
  void slackSeesNoLinkNoMentionAndNoMarkup(String words) throws Exception {
    JsonNode body = new ObjectMapper().readTree(SlackText.body(about(words)));
    String text = body.path("text").asText();
    assertThat(text).doesNotContain("<", ">", "@here", "<!", "evil.example|click");
    assertThat(SlackText.escaped(words)).doesNotContainPattern("[*_~`@#|](?!\u2060)");
    assertThat(body.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {SCRIPT, IMAGE, HEADER, LINK, MARKUP, QUOTES, FORM, TURNED, TEMPLATE})
  void aShortMessageStaysInItsPlaceInTheBody(String words) throws Exception {
    Sms json =
        new Sms(
            new Secret("http://localhost/"),
            Map.of(),
            Sms.JSON,
            "{\"to\":\"{{to}}\",\"text\":\"{{text}}\"}",
            "+491701234567");
    JsonNode body = new ObjectMapper().readTree(SmsText.body(json, about(words)));
    assertThat(body.size()).isEqualTo(2);
    assertThat(body.path("to").asText()).isEqualTo("+491701234567");

    Sms form =
        new Sms(
            new Secret("http://localhost/"), Map.of(), Sms.FORM, "to={{to}}&text={{text}}", "123");
    String[] fields = new String(SmsText.body(form, about(words)), UTF_8).split("&", -1);
    assertThat(fields).hasSize(2);
    assertThat(fields[0]).isEqualTo("to=123");
    assertThat(URLDecoder.decode(fields[1], UTF_8)).startsWith("text=[FIRING 1] Cpu ");
  }

  @ParameterizedTest
  @ValueSource(strings = {SCRIPT, IMAGE, HEADER, LINK, MARKUP, QUOTES, FORM, TEMPLATE})
  void theWebhookCarriesTheTextAsItIs(String words) throws Exception {
    JsonNode body = new ObjectMapper().readTree(AlertmanagerJson.webhook(about(words)));
    assertThat(body.at("/alerts/0/labels/device_id").asText()).isEqualTo(words);
    assertThat(body.at("/alerts/0/annotations/reason").asText()).isEqualTo(words);
  }
}
