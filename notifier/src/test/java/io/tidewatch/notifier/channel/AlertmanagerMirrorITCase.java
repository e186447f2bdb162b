package io.tidewatch.notifier.channel;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.event;
import static io.tidewatch.notifier.Events.firing;
import static io.tidewatch.notifier.Events.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.notifier.Configs;
import io.tidewatch.notifier.Receiver;
import io.tidewatch.notifier.Receiver.Answer;
import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings.Alertmanager;
import io.tidewatch.notifier.config.Secret;
import io.tidewatch.notifier.deliver.Outcome;
import io.tidewatch.notifier.deliver.Pause;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;

/** The mirror on a virtual clock, against a server that takes what it posts. */
class AlertmanagerMirrorITCase {
  private final List<Outcome> outcomes = new ArrayList<>();
  private final VirtualPause pause = new VirtualPause();

  private AlertmanagerMirror mirror(Receiver web) {
    Alertmanager settings =
        new Alertmanager(
            new Secret("http://127.0.0.1:" + web.port() + "/"),
            Map.of("X-Scope", new Secret("a")),
            Duration.ofSeconds(30));
    return new Channels(Configs.targets(), SystemDefaultDnsResolver.INSTANCE)
        .mirror(
            new ChannelConfig("am", settings, Configs.delivery()), settings, pause, outcomes::add);
  }

  /** Alerts of the requests since the last call. */
  private static int posted(Receiver web, int from) throws IOException {
    int alerts = 0;
    for (Receiver.Request request : web.requests().subList(from, web.requests().size())) {
      assertThat(request.path()).isEqualTo("/api/v2/alerts");
      assertThat(request.header("X-scope")).isEqualTo("a");
      alerts += new ObjectMapper().readTree(request.body()).size();
    }
    return alerts;
  }

  @Test
  void postsInPortionsWhatIsNewAndEverythingAgain() throws Exception {
    try (Receiver web = Receiver.always(Answer.OK);
        AlertmanagerMirror mirror = mirror(web)) {
      for (int i = 0; i < 450; i++) {
        mirror.update(firing("Cpu", "device-" + i, T0));
      }
      assertThat(mirror.post(false)).isTrue();
      assertThat(web.requests()).hasSize(3);
      assertThat(posted(web, 0)).isEqualTo(450);

      assertThat(mirror.post(false)).isTrue();
      assertThat(web.requests()).hasSize(3);
      assertThat(mirror.post(true)).isTrue();
      assertThat(posted(web, 3)).isEqualTo(450);
    }
  }

  @Test
  void repeatsForAQuarterOfAnHourThatAnAlertIsOver() throws Exception {
    try (Receiver web = Receiver.always(Answer.OK);
        AlertmanagerMirror mirror = mirror(web)) {
      mirror.update(resolved("Cpu", "a", T0, T0 + 1));
      mirror.post(true);
      pause.millis += Duration.ofMinutes(15).toMillis();
      mirror.post(true);
      assertThat(posted(web, 0)).isEqualTo(2);

      pause.millis += 1;
      mirror.post(true);
      assertThat(posted(web, 2)).isZero();
      assertThat(mirror.size()).isZero();
    }
  }

  @Test
  void whatFiresAgainIsNotForgotten() throws Exception {
    try (Receiver web = Receiver.always(Answer.OK);
        AlertmanagerMirror mirror = mirror(web)) {
      mirror.update(resolved("Cpu", "a", T0, T0 + 1));
      mirror.update(firing("Cpu", "a", T0 + 2));
      pause.millis += Duration.ofHours(1).toMillis();
      mirror.post(true);
      assertThat(posted(web, 0)).isOne();
    }
  }

  @Test
  void aSuppressedAlertIsPostedNoMore() throws Exception {
    try (Receiver web = Receiver.always(Answer.OK);
        AlertmanagerMirror mirror = mirror(web)) {
      mirror.update(firing("Cpu", "a", T0));
      mirror.update(event("Cpu", "a", AlertStatus.SUPPRESSED, T0, T0 + 1, false));
      mirror.post(false);
      mirror.post(true);
      assertThat(web.requests()).isEmpty();
    }
  }

  @Test
  void aFailureIsMadeGoodByTheNextPost() throws Exception {
    try (Receiver web = new Receiver(number -> number == 0 ? Answer.ERROR : Answer.OK);
        AlertmanagerMirror mirror = mirror(web)) {
      mirror.update(firing("Cpu", "a", T0));
      assertThat(mirror.post(false)).isFalse();
      assertThat(mirror.post(true)).isTrue();
      assertThat(outcomes)
          .containsExactly(
              new Outcome.Failed("HTTP status 500: out of order", null), new Outcome.Sent());
    }
  }

  private static final class VirtualPause implements Pause {
    private long millis = T0;

    @Override
    public long nowMs() {
      return millis;
    }

    @Override
    public long nanos() {
      return millis * 1_000_000;
    }

    @Override
    public boolean await(Duration duration) {
      return true;
    }
  }
}
