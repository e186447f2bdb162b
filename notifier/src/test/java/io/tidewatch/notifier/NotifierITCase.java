package io.tidewatch.notifier;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.firing;
import static io.tidewatch.notifier.Events.resolved;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.embedded.EmbeddedKafka;
import io.tidewatch.notifier.Receiver.Answer;
import io.tidewatch.notifier.Receiver.Request;
import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings;
import io.tidewatch.notifier.config.DeliverySettings;
import io.tidewatch.notifier.config.NotifierConfig;
import io.tidewatch.notifier.config.Secret;
import io.tidewatch.notifier.config.StateSettings;
import io.tidewatch.notifier.route.Route;
import io.tidewatch.schemas.derived.AlertEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole notifier against a real Kafka and servers on loopback. */
class NotifierITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Route ONE_BY_ONE = Configs.route(Duration.ZERO, Route.ALL_LABELS);

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  private final ObjectMapper mapper = new ObjectMapper();

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.start(folder);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  private static NotifierConfig config(String name, Route route, ChannelConfig... channels) {
    return Configs.notifier(kafka.bootstrapServers(), name, route, channels);
  }

  private static ChannelConfig webhook(String name, Receiver receiver) {
    return Configs.webhook(name, receiver.url());
  }

  private static void until(String what, BooleanSupplier is) {
    await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(is::getAsBoolean);
  }

  private JsonNode body(Request request) throws IOException {
    return mapper.readTree(request.body());
  }

  private static String get(Notifier notifier, String path) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + notifier.port() + path))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  @Test
  void tellsOfEachAlertOnceAndWritesItDown() throws Exception {
    NotifierFixture topics = new NotifierFixture(kafka, "once");
    try (Receiver web = Receiver.always(Answer.OK);
        Notifier notifier = Notifier.start(config("once", ONE_BY_ONE, webhook("web", web)))) {
      until("ready", notifier::isReady);
      topics.tell(firing("Cpu", "a", T0), firing("Cpu", "b", T0), firing("Cpu", "a", T0));
      until("told", () -> web.requests().size() == 2);
      until(
          "written down",
          () ->
              topics.state("delivery/").stream().filter(v -> v.contains("\"sent\"")).count() == 2);

      assertThat(web.requests())
          .extracting(r -> r.header("Idempotency-key"))
          .doesNotHaveDuplicates();
      assertThat(body(web.requests().get(0)).path("version").asText()).isEqualTo("4");
      assertThat(get(notifier, "/healthz")).isEqualTo("200 ok\n");
      assertThat(get(notifier, "/readyz")).isEqualTo("200 ok\n");
      assertThat(get(notifier, "/other")).startsWith("404");
      assertThat(get(notifier, "/metrics"))
          .contains(
              "tidewatch_notifier_events_total{outcome=\"taken\"} 2.0",
              "tidewatch_notifier_events_total{outcome=\"nothing_new\"} 1.0",
              "tidewatch_notifier_notifications_total{channel=\"web\",outcome=\"sent\"} 2.0",
              "tidewatch_notifier_queue_length{channel=\"web\"} 0.0",
              "tidewatch_notifier_delivery_delay_seconds_count{channel=\"web\"} 2");
    }
    assertThat(topics.read(Configs.UNDELIVERED)).isEmpty();
  }

  @Test
  void whatNobodyTakesGoesToTheTopicOfWhatIsUndelivered() throws Exception {
    NotifierFixture topics = new NotifierFixture(kafka, "refused");
    try (Receiver web = Receiver.always(Answer.REFUSED);
        Notifier notifier = Notifier.start(config("refused", ONE_BY_ONE, webhook("web", web)))) {
      topics.tell(firing("Cpu", "a", T0));
      until("given up", () -> topics.read(Configs.UNDELIVERED).size() == 1);
      JsonNode given = mapper.readTree(topics.read(Configs.UNDELIVERED).get(0).value());
      assertThat(given.path("channel").asText()).isEqualTo("web");
      assertThat(given.path("reason").asText()).isEqualTo("HTTP status 404: no such hook");
      assertThat(given.at("/notification/alerts/0/rule").asText()).isEqualTo("Cpu");
      until(
          "settled",
          () -> topics.state("delivery/").stream().anyMatch(v -> v.contains("\"undelivered\"")));
      assertThat(notifier.isReady()).isTrue();
      // no alert came of it
      assertThat(topics.read(Configs.ALERTS)).hasSize(1);
    }
  }

  @Test
  void aSlowReceiverHoldsUpNobody() {
    NotifierFixture topics = new NotifierFixture(kafka, "slow");
    try (Receiver slow = Receiver.always(Answer.SILENCE);
        Receiver quick = Receiver.always(Answer.OK);
        Notifier notifier =
            start(config("slow", ONE_BY_ONE, webhook("slow", slow), webhook("quick", quick)))) {
      until("ready", notifier::isReady);
      topics.tell(
          IntStream.range(0, 50)
              .mapToObj(i -> firing("Cpu", "device-" + i, T0))
              .toArray(AlertEvent[]::new));
      until("all told", () -> quick.accepted().size() == 50);
      assertThat(slow.accepted()).isEmpty();
      assertThat(slow.requests()).hasSizeLessThan(50);
    }
  }

  private static Notifier start(NotifierConfig config) {
    try {
      return Notifier.start(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsNoEventGoesToTheDeadLettersAndStopsNothing() {
    NotifierFixture topics = new NotifierFixture(kafka, "poison");
    try (Receiver web = Receiver.always(Answer.OK);
        Notifier notifier = start(config("poison", ONE_BY_ONE, webhook("web", web)))) {
      topics.tellBytes("{");
      topics.tellBytes("{\"alert_id\":7}");
      topics.tell(firing("Cpu", "a", T0));
      until("told", () -> web.accepted().size() == 1);
      until("dead letters", () -> topics.read(Configs.ALERTS + ".dlq").size() == 2);
      var letter = topics.read(Configs.ALERTS + ".dlq").get(0);
      assertThat(new String(letter.value(), UTF_8)).isEqualTo("{");
      assertThat(letter.headers())
          .extracting(Header::key)
          .containsExactly(
              "tidewatch-original-topic",
              "tidewatch-original-partition",
              "tidewatch-original-offset",
              "tidewatch-original-timestamp-ms",
              "tidewatch-reason",
              "tidewatch-detail");
      assertThat(notifier.isReady()).isTrue();
    }
  }

  @Test
  void whatFellBehindBecomesADigest() throws Exception {
    NotifierFixture topics = new NotifierFixture(kafka, "digest");
    DeliverySettings few =
        new DeliverySettings(
            3,
            5,
            100,
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMinutes(5),
            true);
    try (Receiver web =
        new Receiver(number -> topics.state("alert/").size() < 40 ? Answer.ERROR : Answer.OK)) {
      ChannelConfig channel =
          new ChannelConfig(
              "web", new ChannelSettings.Webhook(new Secret(web.url()), Map.of()), few);
      try (Notifier notifier = start(config("digest", ONE_BY_ONE, channel))) {
        until("ready", notifier::isReady);
        for (int i = 0; i < 40; i += 4) {
          topics.tell(
              IntStream.range(i, i + 4)
                  .mapToObj(n -> firing("Cpu", "device-" + n, T0))
                  .toArray(AlertEvent[]::new));
        }
        until("all alerts accounted for", () -> alertsIn(web) == 40);
        assertThat(web.accepted()).hasSizeLessThan(20);
        assertThat(web.accepted()).anyMatch(r -> r.body().contains("digest of "));
        assertThat(get(notifier, "/metrics"))
            .contains("tidewatch_notifier_digests_total{channel=\"web\"}");
      }
    }
  }

  private int alertsIn(Receiver web) {
    int alerts = 0;
    for (Request request : web.accepted()) {
      try {
        JsonNode body = body(request);
        alerts += body.path("alerts").size() + body.path("truncatedAlerts").asInt();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return alerts;
  }

  @Test
  void theNextNotifierGoesOnWhereTheLastStopped() throws Exception {
    NotifierFixture topics = new NotifierFixture(kafka, "next");
    Route waits = Configs.route(Duration.ofSeconds(10), "alertname");
    try (Receiver web = Receiver.always(Answer.OK)) {
      NotifierConfig config = config("next", waits, webhook("web", web));
      try (Notifier first = Notifier.start(config)) {
        until("ready", first::isReady);
        topics.tell(firing("Cpu", "a", T0));
        until("known", () -> topics.state("group/").size() == 1);
      }
      assertThat(web.requests()).isEmpty();
      try (Notifier second = Notifier.start(config)) {
        until("told", () -> web.accepted().size() == 1);
        until("told is kept", () -> topics.state("told/").size() == 1);
        assertThat(second.isReady()).isTrue();
      }
      try (Notifier third = Notifier.start(config)) {
        topics.tell(firing("Cpu", "a", T0), firing("Disk", "a", T0));
        until("told of the other", () -> web.accepted().size() == 2);
        assertThat(body(web.accepted().get(1)).at("/alerts/0/labels/alertname").asText())
            .isEqualTo("Disk");
        assertThat(third.isReady()).isTrue();
      }
    }
  }

  @Test
  void aSecondNotifierTakesTheWorkAway() throws Exception {
    NotifierFixture topics = new NotifierFixture(kafka, "fenced");
    try (Receiver web = Receiver.always(Answer.OK)) {
      NotifierConfig config = config("fenced", ONE_BY_ONE, webhook("web", web));
      Notifier first = Notifier.start(config);
      until("ready", first::isReady);
      try (Notifier second = Notifier.start(config)) {
        until("ready", second::isReady);
        topics.tell(firing("Cpu", "a", T0));
        assertThatThrownBy(first::awaitEnd)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the notifier cannot go on");
        assertThat(get(first, "/healthz")).startsWith("503");
        until("told", () -> !web.accepted().isEmpty());
      }
      first.close();
      assertThat(web.accepted()).hasSize(1);
    }
  }

  @Test
  void tenThousandDevicesAtOnceAreOneMessage() throws Exception {
    NotifierFixture topics = new NotifierFixture(kafka, "storm");
    Route grouped = Configs.route(Duration.ofSeconds(15), "alertname");
    try (Receiver web = Receiver.always(Answer.OK);
        Notifier notifier = Notifier.start(config("storm", grouped, webhook("web", web)))) {
      until("ready", notifier::isReady);
      topics.tell(
          IntStream.range(0, 10_000)
              .mapToObj(i -> firing("Cpu", "device-" + i, T0))
              .toArray(AlertEvent[]::new));
      until("told", () -> !web.accepted().isEmpty());
      JsonNode body = body(web.accepted().get(0));
      assertThat(body.path("alerts").size() + body.path("truncatedAlerts").asInt())
          .isEqualTo(10_000);
      assertThat(web.requests()).hasSize(1);
    }
  }

  @Test
  void anAlertmanagerIsToldWhatIsActiveAndWhatIsOver() throws Exception {
    NotifierFixture topics = new NotifierFixture(kafka, "mirror");
    try (Receiver web = Receiver.always(Answer.OK)) {
      ChannelConfig alertmanager =
          new ChannelConfig(
              "am",
              new ChannelSettings.Alertmanager(
                  new Secret("http://127.0.0.1:" + web.port()), Map.of(), Duration.ofSeconds(1)),
              Configs.delivery());
      try (Notifier notifier = Notifier.start(config("mirror", ONE_BY_ONE, alertmanager))) {
        until("ready", notifier::isReady);
        topics.tell(firing("Cpu", "a", T0));
        until("posted again", () -> web.requests().size() >= 3);
        assertThat(web.requests()).allMatch(r -> r.path().equals("/api/v2/alerts"));
        JsonNode first = body(web.requests().get(0)).path(0);
        JsonNode third = body(web.requests().get(2)).path(0);
        assertThat(first.at("/labels/device_id").asText()).isEqualTo("a");
        assertThat(third.path("endsAt").asText()).isGreaterThan(first.path("endsAt").asText());

        topics.tell(resolved("Cpu", "a", T0, T0 + 60_000));
        until(
            "over",
            () ->
                web.requests().stream()
                        .filter(r -> r.body().contains("\"endsAt\":\"2023-11-14T22:14:20Z\""))
                        .count()
                    >= 2);
      }
      // the next process tells again, though nothing new happened
      int before = web.requests().size();
      try (Notifier next = Notifier.start(config("mirror", ONE_BY_ONE, alertmanager))) {
        until("posted", () -> web.requests().size() > before);
        assertThat(next.isReady()).isTrue();
      }
    }
  }

  @Test
  void messagesOfAChannelThatIsNoMoreAreUndelivered() throws Exception {
    NotifierFixture topics = new NotifierFixture(kafka, "homeless");
    try (Receiver web = Receiver.always(Answer.ERROR);
        Receiver other = Receiver.always(Answer.OK)) {
      try (Notifier notifier =
          Notifier.start(config("homeless", ONE_BY_ONE, webhook("web", web)))) {
        until("ready", notifier::isReady);
        topics.tell(firing("Cpu", "a", T0));
        until("tried", () -> !web.requests().isEmpty());
      }
      try (Notifier next = Notifier.start(config("homeless", ONE_BY_ONE, webhook("new", other)))) {
        until("given up", () -> topics.read(Configs.UNDELIVERED).size() == 1);
        assertThat(new String(topics.read(Configs.UNDELIVERED).get(0).value(), UTF_8))
            .contains("there is no such channel any more");
        assertThat(next.isReady()).isTrue();
      }
    }
  }

  @Test
  void whatWasSentIsForgottenInTime() throws Exception {
    NotifierFixture topics = new NotifierFixture(kafka, "forgets");
    try (Receiver web = Receiver.always(Answer.OK)) {
      NotifierConfig config = config("forgets", ONE_BY_ONE, webhook("web", web));
      NotifierConfig forgetful =
          new NotifierConfig(
              config.kafka(),
              config.input(),
              new StateSettings(
                  config.state().notificationsTopic(),
                  config.state().undeliveredTopic(),
                  Duration.ZERO,
                  Duration.ofMinutes(15)),
              config.http(),
              config.targets(),
              config.channels(),
              config.receivers(),
              config.route());
      try (Notifier notifier = Notifier.start(forgetful)) {
        topics.tell(firing("Cpu", "a", T0));
        until("pending, sent, gone", () -> gone(topics));
        assertThat(notifier.isReady()).isTrue();
      }
    }
  }

  private static boolean gone(NotifierFixture topics) {
    List<String> values = topics.state("delivery/");
    return !values.isEmpty() && values.get(values.size() - 1).isEmpty();
  }

  @Test
  void doesNotStartWhereItsStateWouldBeLost() throws Exception {
    kafka.createTopic("deleting" + Configs.ALERTS, 1, Map.of());
    kafka.createTopic("deleting" + Configs.NOTIFICATIONS, 1, Map.of());
    try (Receiver web = Receiver.always(Answer.OK);
        Notifier notifier = Notifier.start(config("deleting", ONE_BY_ONE, webhook("web", web)))) {
      assertThatThrownBy(notifier::awaitEnd)
          .cause()
          .hasMessage(
              "state.notifications_topic: must be compacted (cleanup.policy=compact),"
                  + " 'deleting.notifications' has delete");
    }
  }

  @Test
  void saysWhichTopicMustExist() throws Exception {
    try (Receiver web = Receiver.always(Answer.OK);
        Notifier notifier = Notifier.start(config("absent", ONE_BY_ONE, webhook("web", web)))) {
      assertThatThrownBy(notifier::awaitEnd)
          .cause()
          .hasMessage("input.topic: must exist, was 'absent.alerts'");
    }
  }

  @Test
  void refusesTargetsThatAreNotAllowed() {
    for (String url : List.of("https://evil.example/", "file:///etc/passwd", "http://10.0.0.1/")) {
      assertThatThrownBy(() -> Notifier.start(config("x", ONE_BY_ONE, Configs.webhook("w", url))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("channels.w.webhook.url: ");
    }
  }
}
