package io.tidewatch.notifier.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.tidewatch.notifier.deliver.DeliveryWatch;
import io.tidewatch.notifier.deliver.Outcome;
import io.tidewatch.notifier.message.Notification;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the notifier counts, all below {@code tidewatch_notifier_}. Labels are names of channels and
 * outcomes: as many series as the file has channels, whatever the alerts are. What goes wrong here
 * is counted and logged and is never an alert, which might go to the channel that failed.
 */
public final class NotifierMetrics implements DeliveryWatch {
  private static final Logger LOG = LoggerFactory.getLogger(NotifierMetrics.class);

  /** Seconds: from at once to the repeat interval of a day's work. */
  private static final double[] DELAYS = {0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter events =
      Counter.builder()
          .name("tidewatch_notifier_events_total")
          .help("Alert events read, by what they came to")
          .labelNames("outcome")
          .register(registry);
  private final Counter notifications =
      Counter.builder()
          .name("tidewatch_notifier_notifications_total")
          .help("Messages, by what became of them: sent, undelivered, or merged into a digest")
          .labelNames("channel", "outcome")
          .register(registry);
  private final Counter retries =
      Counter.builder()
          .name("tidewatch_notifier_retries_total")
          .help("Attempts that failed and are made again")
          .labelNames("channel")
          .register(registry);
  private final Counter digests =
      Counter.builder()
          .name("tidewatch_notifier_digests_total")
          .help("Messages that stand for several because the channel fell behind")
          .labelNames("channel")
          .register(registry);
  private final Counter posts =
      Counter.builder()
          .name("tidewatch_notifier_alertmanager_posts_total")
          .help("Posts to an Alertmanager, by whether it took them")
          .labelNames("channel", "outcome")
          .register(registry);
  private final Histogram delay =
      Histogram.builder()
          .name("tidewatch_notifier_delivery_delay_seconds")
          .help("From the decision to send a message until the other side had it")
          .unit(Unit.SECONDS)
          .classicOnly()
          .classicUpperBounds(DELAYS)
          .labelNames("channel")
          .register(registry);

  public PrometheusRegistry registry() {
    return registry;
  }

  /** An event was read. */
  public void event(String outcome) {
    events.labelValues(outcome).inc();
  }

  /** Messages were merged into one. */
  public void digest(String channel, int merged) {
    digests.labelValues(channel).inc();
    notifications.labelValues(channel, "merged").inc(merged);
  }

  /** An Alertmanager was posted to. */
  public void posted(String channel, Outcome outcome) {
    boolean sent = outcome instanceof Outcome.Sent;
    posts.labelValues(channel, sent ? "sent" : "failed").inc();
    if (!sent) {
      LOG.warn("channel {}: {}", channel, outcome);
    }
  }

  /** Lengths to be looked up when somebody asks for metrics, by name of the channel. */
  public void queues(Map<String, IntSupplier> lengths) {
    GaugeWithCallback.builder()
        .name("tidewatch_notifier_queue_length")
        .help("Messages that wait, the one being delivered not counted")
        .labelNames("channel")
        .callback(
            callback ->
                lengths.forEach((channel, length) -> callback.call(length.getAsInt(), channel)))
        .register(registry);
  }

  @Override
  public void delivered(Notification notification, Duration after) {
    notifications.labelValues(notification.channel(), "sent").inc();
    delay.labelValues(notification.channel()).observe(after.toMillis() / 1000.0);
  }

  @Override
  public void failed(Notification notification, String reason) {
    retries.labelValues(notification.channel()).inc();
    LOG.warn("channel {}: {}; tried again", notification.channel(), reason);
  }

  @Override
  public void gaveUp(Notification notification, String reason) {
    notifications.labelValues(notification.channel(), "undelivered").inc();
    LOG.error("channel {}: {} undelivered, {}", notification.channel(), notification.key(), reason);
  }
}
