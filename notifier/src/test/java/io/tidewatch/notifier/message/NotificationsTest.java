package io.tidewatch.notifier.message;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.firing;
import static io.tidewatch.notifier.Events.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.Configs;
import io.tidewatch.notifier.Events;
import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings;
import io.tidewatch.notifier.config.DeliverySettings;
import io.tidewatch.notifier.config.Secret;
import io.tidewatch.notifier.group.Flush;
import io.tidewatch.schemas.derived.AlertEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NotificationsTest {
  private final Notifications web = new Notifications(Configs.webhook("web", "http://localhost/"));

  private static Flush flush(long sequence, AlertEvent... alerts) {
    return new Flush("g1", "all{}:{}", "all", Map.of(), sequence, List.of(alerts));
  }

  private static DeliverySettings delivery(int maxAlerts, boolean sendResolved) {
    return new DeliverySettings(
        10,
        maxAlerts,
        1,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        sendResolved);
  }

  @Test
  void theKeyIsMadeOfWhatIsSaidAndOfNothingElse() {
    Notification once = web.of(flush(1, firing("Cpu", "a", T0)), 5);
    Notification again = web.of(flush(1, firing("Cpu", "a", T0)), 99);
    assertThat(again.key()).isEqualTo(once.key()).matches("[0-9a-f]{32}");

    assertThat(web.of(flush(2, firing("Cpu", "a", T0)), 5).key()).isNotEqualTo(once.key());
    assertThat(web.of(flush(1, firing("Cpu", "b", T0)), 5).key()).isNotEqualTo(once.key());
    assertThat(
            new Notifications(Configs.webhook("other", "http://localhost/"))
                .of(flush(1, firing("Cpu", "a", T0)), 5)
                .key())
        .isNotEqualTo(once.key());
  }

  @Test
  void showsTheFirstAndCountsTheRest() {
    Notifications few =
        new Notifications(
            new ChannelConfig(
                "web",
                new ChannelSettings.Webhook(new Secret("http://localhost/"), Map.of()),
                delivery(3, true)));
    Notification message =
        few.of(
            flush(
                1,
                IntStream.range(0, 10)
                    .mapToObj(i -> firing("Cpu", "device-" + i, T0))
                    .toArray(AlertEvent[]::new)),
            T0);
    assertThat(message.alerts()).hasSize(3);
    assertThat(message.truncated()).isEqualTo(7);
    assertThat(message.count()).isEqualTo(10);
  }

  @Test
  void shortMessagesAreForCriticalAlertsOnly() {
    Notifications sms =
        new Notifications(
            new ChannelConfig(
                "sms",
                new ChannelSettings.Sms(
                    new Secret("http://localhost/"),
                    Map.of(),
                    "application/json",
                    "{{text}}",
                    "123"),
                delivery(5, false)));
    AlertEvent critical = firing("Cpu", "a", T0);
    AlertEvent warning = Events.with(firing("Cpu", "b", T0), "severity", "warning");

    assertThat(sms.of(flush(1, warning), T0)).isNull();
    assertThat(sms.of(flush(1, warning, critical), T0).alerts()).containsExactly(critical);
    assertThat(sms.of(flush(1, resolved("Cpu", "a", T0, T0 + 1)), T0)).isNull();
  }

  @Test
  void aChannelDoesNotTellOfItself() {
    AlertEvent about = Events.with(firing("Undelivered", "a", T0), "notifier_channel", "web");
    assertThat(web.of(flush(1, about), T0)).isNull();
    assertThat(
            new Notifications(Configs.webhook("other", "http://localhost/"))
                .of(flush(1, about), T0))
        .isNotNull();
  }

  @Test
  void aDigestHasTheLastWordOfEachAlert() {
    Notification first = web.of(flush(1, firing("Cpu", "a", T0), firing("Cpu", "b", T0)), 10);
    Notification second = web.of(flush(2, resolved("Cpu", "a", T0, T0 + 5)), 20);
    Notification digest = web.digest(List.of(first, second));

    assertThat(digest.alerts())
        .containsExactly(resolved("Cpu", "a", T0, T0 + 5), firing("Cpu", "b", T0));
    assertThat(digest.merged()).isEqualTo(2);
    assertThat(digest.createdAtMs()).isEqualTo(10);
    assertThat(digest.key()).isEqualTo(web.digest(List.of(first, second)).key());
    assertThat(digest.fires()).isTrue();
    assertThat(digest.active()).isOne();
    assertThat(web.digest(List.of(digest, digest)).merged()).isEqualTo(4);
  }

  @Test
  void survivesItsJson() throws Exception {
    NotificationCodec codec = new NotificationCodec();
    Notification message =
        web.of(flush(1, firing("Cpu", "a\"<ü", T0), resolved("Cpu", "b", T0, T0 + 1)), 7);
    assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
  }

  @Test
  void whatAllHaveInCommonIsCommon() {
    Notification message = web.of(flush(1, firing("Cpu", "a", T0), firing("Cpu", "b", T0)), 7);
    assertThat(message.commonLabels())
        .containsOnly(Map.entry("alertname", "Cpu"), Map.entry("severity", "critical"));
    assertThat(message.commonAnnotations()).isEmpty();
  }
}
