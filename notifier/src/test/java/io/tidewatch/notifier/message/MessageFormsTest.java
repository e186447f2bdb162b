package io.tidewatch.notifier.message;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.firing;
import static io.tidewatch.notifier.Events.resolved;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.notifier.Configs;
import io.tidewatch.notifier.Events;
import io.tidewatch.schemas.derived.AlertEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageFormsTest {
  private final ObjectMapper mapper = new ObjectMapper();
  private final Notification two =
      new Notification(
          "k1",
          "web",
          "all{}:{alertname=Cpu}",
          "all",
          Map.of("alertname", "Cpu"),
          List.of(firing("Cpu", "a", T0), resolved("Cpu", "b", T0, T0 + 60_000)),
          7,
          1,
          T0);

  @Test
  void aTitleSaysHowManyFireAndWhich() {
    assertThat(MailText.subject(two)).isEqualTo("[FIRING 1 of 9] Cpu a, Cpu b");
    assertThat(MailText.subject(Configs.notification("k", firing("Cpu", "a", T0))))
        .isEqualTo("[FIRING 1] Cpu a");
    assertThat(MailText.subject(Configs.notification("k", resolved("Cpu", "b", T0, T0 + 1))))
        .isEqualTo("[RESOLVED 1] Cpu b");
  }

  @Test
  void plainMailSaysWhatWhySinceWhenAndHowManyMore() {
    assertThat(MailText.plain(two))
        .contains(
            "FIRING  Cpu\n  Cpu of a\n  x 9.5 > 8 held for PT5S\n  alertname=Cpu, device_id=a,"
                + " severity=critical\n  since 2023-11-14 22:13:20 UTC\n",
            "RESOLVED  Cpu\n",
            "since 2023-11-14 22:13:20 UTC until 2023-11-14 22:14:20 UTC",
            "and 7 more");
  }

  @Test
  void htmlMailSaysTheSame() {
    assertThat(MailText.html(two))
        .contains("<b>Cpu</b><br>Cpu of a<br>x 9.5 &gt; 8 held for PT5S", "and 7 more");
  }

  @Test
  void namesTheSlowestRequestsWhereTheyAreKnown() throws Exception {
    AlertEvent slow = Events.traced(firing("Slow", "a", T0), "4bf92f35", "0af76519");
    Notification traced = Configs.notification("k", slow);
    String words = "slowest requests: 4bf92f35, 0af76519";
    assertThat(MailText.plain(traced)).contains("severity=critical\n  " + words + "\n  since ");
    assertThat(MailText.html(traced)).contains("severity=critical<br>" + words + "<br>since ");
    assertThat(mapper.readTree(SlackText.body(traced)).path("text").asText())
        .contains("severity=critical · " + words + "\n");
    JsonNode body = mapper.readTree(AlertmanagerJson.webhook(traced));
    assertThat(body.at("/alerts/0/annotations/trace_ids").asText()).isEqualTo("4bf92f35,0af76519");

    assertThat(MailText.plain(two)).doesNotContain("slowest");
    assertThat(MailText.html(two)).doesNotContain("slowest");
    assertThat(new String(SlackText.body(two), UTF_8)).doesNotContain("slowest");
    assertThat(new String(AlertmanagerJson.webhook(two), UTF_8)).doesNotContain("trace_ids");
  }

  @Test
  void slackShowsAsMuchAsItTakes() throws Exception {
    AlertEvent[] many =
        IntStream.range(0, 100)
            .mapToObj(i -> Events.saying(firing("Cpu", "a" + i, T0), "x".repeat(400)))
            .toArray(AlertEvent[]::new);
    String text =
        mapper.readTree(SlackText.body(Configs.notification("k", many))).path("text").asText();
    assertThat(text.length()).isLessThan(8_500);
    assertThat(text).containsPattern("and \\d\\d more$");
    assertThat(mapper.readTree(SlackText.body(two)).path("text").asText())
        .contains(":red_circle:", ":large_green_circle:", "and 7 more");
  }

  @Test
  void theWebhookIsThatOfAlertmanagerVersionFour() throws Exception {
    JsonNode body = mapper.readTree(AlertmanagerJson.webhook(two));
    assertThat(body.path("version").asText()).isEqualTo("4");
    assertThat(body.path("status").asText()).isEqualTo("firing");
    assertThat(body.path("receiver").asText()).isEqualTo("all");
    assertThat(body.path("groupKey").asText()).isEqualTo("all{}:{alertname=Cpu}");
    assertThat(body.path("truncatedAlerts").asInt()).isEqualTo(7);
    assertThat(body.at("/groupLabels/alertname").asText()).isEqualTo("Cpu");
    assertThat(body.at("/commonLabels").size()).isEqualTo(2);
    assertThat(body.has("externalURL")).isTrue();
    assertThat(body.at("/alerts/0/status").asText()).isEqualTo("firing");
    assertThat(body.at("/alerts/0/startsAt").asText()).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(body.at("/alerts/0/endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(body.at("/alerts/0/fingerprint").asText()).isEqualTo("Cpu|a");
    assertThat(body.at("/alerts/1/status").asText()).isEqualTo("resolved");
    assertThat(body.at("/alerts/1/endsAt").asText()).isEqualTo("2023-11-14T22:14:20Z");
  }

  @Test
  void anActiveAlertEndsForAlertmanagerAfterFourIntervals() throws Exception {
    JsonNode alerts =
        mapper.readTree(
            AlertmanagerJson.alerts(
                two.alerts(), Instant.parse("2023-11-14T23:00:00Z"), Duration.ofSeconds(30)));
    assertThat(alerts.at("/0/endsAt").asText()).isEqualTo("2023-11-14T23:02:00Z");
    assertThat(alerts.at("/1/endsAt").asText()).isEqualTo("2023-11-14T22:14:20Z");
    assertThat(alerts.at("/0/labels/alertname").asText()).isEqualTo("Cpu");
    assertThat(alerts.at("/0/annotations/reason").asText()).isEqualTo("x 9.5 > 8 held for PT5S");
    assertThat(alerts.at("/0/labels").has("value")).isFalse();
  }
}
