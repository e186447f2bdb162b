package io.tidewatch.notifier.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.Configs;
import io.tidewatch.notifier.Receiver;
import io.tidewatch.notifier.Receiver.Answer;
import io.tidewatch.notifier.config.TargetSettings;
import io.tidewatch.notifier.deliver.Outcome;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests against a real server that answers in many ways. */
class HttpPosterITCase {
  private static final TargetSettings NO_LOOPBACK =
      new TargetSettings(List.of("*"), List.of(), Duration.ofSeconds(2), Duration.ofMillis(500));

  private static HttpPoster poster(TargetSettings settings, DnsResolver names) {
    return new HttpPoster(settings, new TargetPolicy(settings), names, Clock.systemUTC());
  }

  private static Outcome post(HttpPoster poster, String url) {
    return poster.post(
        URI.create(url), Map.of("X-Own", "1"), "application/json", "{}".getBytes(UTF_8));
  }

  private static Outcome outcomeOf(Answer answer) {
    return outcomeOf(answer, Configs.targets());
  }

  private static Outcome outcomeOf(Answer answer, TargetSettings settings) {
    try (Receiver receiver = Receiver.always(answer);
        HttpPoster poster = poster(settings, SystemDefaultDnsResolver.INSTANCE)) {
      Outcome outcome = post(poster, receiver.url());
      assertThat(receiver.requests()).hasSize(1);
      assertThat(receiver.requests().get(0).header("X-own")).isEqualTo("1");
      assertThat(receiver.requests().get(0).header("Content-type")).isEqualTo("application/json");
      return outcome;
    }
  }

  @Test
  void aSuccessIsASuccessHoweverSlowTheRestIs() {
    assertThat(outcomeOf(Answer.OK)).isEqualTo(new Outcome.Sent());
    assertThat(outcomeOf(Answer.SLOW_BODY)).isEqualTo(new Outcome.Sent());
  }

  @Test
  void aServerMaySayWhenToComeBack() {
    assertThat(outcomeOf(Answer.TOO_MANY))
        .isEqualTo(new Outcome.Failed("HTTP status 429: slowly", Duration.ofSeconds(1)));
  }

  @Test
  void anErrorOfTheServerIsNoRefusal() {
    assertThat(outcomeOf(Answer.ERROR))
        .isEqualTo(new Outcome.Failed("HTTP status 500: out of order", null));
  }

  @Test
  void whatWouldBeRefusedAgainIsRefused() {
    assertThat(outcomeOf(Answer.REFUSED))
        .isEqualTo(new Outcome.Refused("HTTP status 404: no such hook"));
  }

  @Test
  void aRedirectIsNotFollowed() {
    assertThat(outcomeOf(Answer.REDIRECT)).isEqualTo(new Outcome.Refused("HTTP status 302"));
  }

  @Test
  void nobodyIsWaitedForLongerThanTheLimit() {
    long began = System.nanoTime();
    TargetSettings impatient = Configs.targets(Duration.ofSeconds(2));
    assertThat(outcomeOf(Answer.SILENCE, impatient)).isInstanceOf(Outcome.Failed.class);
    assertThat(outcomeOf(Answer.SLOW_ERROR, impatient)).isInstanceOf(Outcome.Failed.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aTargetThatIsNotThereFails() {
    String url;
    try (Receiver receiver = Receiver.always(Answer.OK)) {
      url = receiver.url();
    }
    try (HttpPoster poster = poster(Configs.targets(), SystemDefaultDnsResolver.INSTANCE)) {
      assertThat(post(poster, url)).isInstanceOf(Outcome.Failed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://2130706433:%d/",
        "http://0x7f000001:%d/",
        "http://0177.0.0.1:%d/",
        "http://127.1:%d/",
        "http://[::1]:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://0.0.0.0:%d/"
      })
  void noWayOfWritingLoopbackReachesAServer(String url) {
    try (Receiver receiver = Receiver.always(Answer.OK);
        HttpPoster poster = poster(NO_LOOPBACK, SystemDefaultDnsResolver.INSTANCE)) {
      assertThat(post(poster, url.formatted(receiver.port()))).isNotEqualTo(new Outcome.Sent());
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @Test
  void aNameThatTurnsToLoopbackDoesNotReachIt() {
    try (Receiver receiver = Receiver.always(Answer.OK);
        HttpPoster poster = poster(NO_LOOPBACK, new Names(InetAddress.getLoopbackAddress()))) {
      assertThat(post(poster, "http://hooks.example.com:" + receiver.port() + "/"))
          .isInstanceOf(Outcome.Refused.class)
          .hasToString(
              "Refused[reason=hooks.example.com stands for an address outside"
                  + " targets.allowed_addresses]");
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @Test
  void theAddressThatWasCheckedIsTheOneThatIsUsed() {
    // Whoever asked twice would get another address the second time.
    Names names = new Names(InetAddress.getLoopbackAddress());
    try (Receiver receiver = Receiver.always(Answer.OK);
        HttpPoster poster = poster(Configs.targets(), names)) {
      assertThat(post(poster, "http://hooks.example.com:" + receiver.port() + "/"))
          .isEqualTo(new Outcome.Sent());
      assertThat(receiver.requests().get(0).header("Host"))
          .isEqualTo("hooks.example.com:" + receiver.port());
      assertThat(names.asked).hasValue(1);
    }
  }

  private static final class Names implements DnsResolver {
    private final InetAddress address;
    private final AtomicInteger asked = new AtomicInteger();

    Names(InetAddress address) {
      this.address = address;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      asked.incrementAndGet();
      return new InetAddress[] {address};
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
