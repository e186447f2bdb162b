package io.tidewatch.notifier;

import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings;
import io.tidewatch.notifier.config.DeliverySettings;
import io.tidewatch.notifier.config.InputSettings;
import io.tidewatch.notifier.config.KafkaSettings;
import io.tidewatch.notifier.config.ListenSettings;
import io.tidewatch.notifier.config.NotifierConfig;
import io.tidewatch.notifier.config.Secret;
import io.tidewatch.notifier.config.StateSettings;
import io.tidewatch.notifier.config.TargetSettings;
import io.tidewatch.notifier.message.Notification;
import io.tidewatch.notifier.route.GroupTiming;
import io.tidewatch.notifier.route.Route;
import io.tidewatch.schemas.derived.AlertEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configurations of tests: everything on loopback, everything soon. */
public final class Configs {
  public static final String ALERTS = ".alerts";
  public static final String NOTIFICATIONS = ".notifications";
  public static final String UNDELIVERED = ".undelivered";

  private Configs() {}

  /** Retries soon, gives up late, and never makes anybody wait for a token. */
  public static DeliverySettings delivery() {
    return new DeliverySettings(
        1_000,
        100,
        1_000,
        Duration.ofMillis(1),
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofMinutes(5),
        true);
  }

  /** Loopback, and long for an answer: a busy machine takes its time. */
  public static TargetSettings targets() {
    return targets(Duration.ofSeconds(5));
  }

  /** Loopback, and that long for an answer. */
  public static TargetSettings targets(Duration requestTimeout) {
    return new TargetSettings(
        List.of("127.0.0.1", "localhost", "hooks.example.com"),
        List.of("127.0.0.0/8"),
        Duration.ofSeconds(2),
        requestTimeout);
  }

  public static ChannelConfig webhook(String name, String url) {
    return new ChannelConfig(
        name, new ChannelSettings.Webhook(new Secret(url), Map.of()), delivery());
  }

  /** A route for everything, a group an alert, without waiting. */
  public static Route route(Duration groupWait, String... groupBy) {
    return new Route(
        "",
        "all",
        List.of(),
        false,
        List.of(groupBy),
        new GroupTiming(groupWait, Duration.ofMinutes(5), Duration.ofHours(4)));
  }

  /**
   * A notifier whose receiver {@code all} has all channels.
   *
   * @param name of its group, with which the names of its topics begin
   */
  public static NotifierConfig notifier(
      String kafka, String name, Route route, ChannelConfig... channels) {
    return new NotifierConfig(
        new KafkaSettings(kafka, Map.of()),
        new InputSettings(name + ALERTS, name, InputSettings.Start.EARLIEST),
        new StateSettings(
            name + NOTIFICATIONS, name + UNDELIVERED, Duration.ofDays(1), Duration.ofDays(10_000)),
        new ListenSettings("127.0.0.1", 0),
        targets(),
        List.of(channels),
        Map.of("all", List.of(channels).stream().map(ChannelConfig::name).toList()),
        route);
  }

  /** A message about these alerts. */
  public static Notification notification(String key, AlertEvent... alerts) {
    return new Notification(
        key,
        "web",
        "all{}:{}",
        "all",
        Map.of("alertname", "CpuHigh"),
        List.of(alerts),
        0,
        1,
        Events.T0);
  }
}
