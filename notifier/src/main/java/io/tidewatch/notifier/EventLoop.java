package io.tidewatch.notifier;

import io.tidewatch.notifier.channel.AlertmanagerMirror;
import io.tidewatch.notifier.config.NotifierConfig;
import io.tidewatch.notifier.group.Changes;
import io.tidewatch.notifier.group.Grouper;
import io.tidewatch.notifier.message.Notifications;
import io.tidewatch.notifier.metrics.NotifierMetrics;
import io.tidewatch.notifier.route.Route;
import io.tidewatch.notifier.state.AlertSource;
import io.tidewatch.notifier.state.DeadLetter;
import io.tidewatch.notifier.state.StateLog;
import io.tidewatch.notifier.state.StateReader;
import io.tidewatch.notifier.state.StoredState;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads events, decides what is said, writes that down, and only then lets the channels have it.
 */
final class EventLoop implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  /** How late a group may be; nothing else waits for it. */
  private static final Duration LOOK_UP = Duration.ofMillis(100);

  private final NotifierConfig config;
  private final Outbox outbox;
  private final Map<String, AlertmanagerMirror> mirrors;
  private final NotifierMetrics metrics;
  private final StopSignal signal;
  private final Supplier<StateLog> open;
  private final Runnable senders;
  private final Grouper grouper;
  private final AlertEventCodec codec = new AlertEventCodec();
  private volatile boolean ready;
  private volatile boolean wasReady;
  private volatile @Nullable StateLog opened;

  /**
   * @param open opens the log
   * @param senders starts the threads of the channels, when what waited is known
   */
  EventLoop(
      NotifierConfig config,
      Outbox outbox,
      Map<String, AlertmanagerMirror> mirrors,
      NotifierMetrics metrics,
      StopSignal signal,
      Supplier<StateLog> open,
      Runnable senders) {
    this.config = config;
    this.outbox = outbox;
    this.mirrors = mirrors;
    this.metrics = metrics;
    this.signal = signal;
    this.open = open;
    this.senders = senders;
    this.grouper = new Grouper(config.route(), config.state().forgetResolved());
  }

  boolean isReady() {
    return ready;
  }

  /** Whether it was ready at any time. */
  boolean wasReady() {
    return wasReady;
  }

  @Override
  public void run() {
    StateLog log = open.get();
    opened = log;
    try (AlertSource source = new AlertSource(config.kafka(), config.input())) {
      restore(log, source);
      senders.run();
      ready = true;
      wasReady = true;
      while (!signal.isStopped()) {
        step(log, source);
      }
    } finally {
      ready = false;
    }
  }

  private void restore(StateLog log, AlertSource source) {
    StoredState stored = StateReader.read(config.kafka(), config.state().notificationsTopic());
    log.restore(stored);
    grouper.restore(stored.alerts(), stored.groups(), stored.told(), signal.nowMs());
    stored.alerts().forEach(this::mirror);
    Outbox.Plan plan = outbox.restore(stored.pending());
    commit(log, source, plan, List.of());
    plan.homeless().forEach(each -> log.undelivered(each, "there is no such channel any more"));
    LOG.info(
        "{} alerts and {} messages that wait", stored.alerts().size(), stored.pending().size());
  }

  private void step(StateLog log, AlertSource source) {
    ConsumerRecords<byte[], byte[]> batch = source.poll(LOOK_UP);
    long nowMs = signal.nowMs();
    List<DeadLetter> dead = new ArrayList<>();
    List<AlertEvent> taken = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : batch) {
      Decoded<AlertEvent> decoded = codec.decode(message.value());
      if (decoded instanceof Decoded.Ok<AlertEvent> ok) {
        Grouper.Accepted accepted = grouper.accept(ok.value(), nowMs);
        metrics.event(accepted.name().toLowerCase(Locale.ROOT));
        if (accepted != Grouper.Accepted.NOTHING_NEW) {
          taken.add(ok.value());
        }
      } else if (decoded instanceof Decoded.Refused<AlertEvent> refused) {
        metrics.event("refused");
        dead.add(new DeadLetter(message, refused));
      }
    }
    Outbox.Plan plan = outbox.plan(grouper.due(nowMs), nowMs);
    if (!batch.isEmpty() || !plan.isEmpty() || grouper.hasChanges()) {
      commit(log, source, plan, dead);
    }
    taken.forEach(this::mirror);
    log.forgetSettled();
  }

  private void commit(StateLog log, AlertSource source, Outbox.Plan plan, List<DeadLetter> dead) {
    Changes changes = grouper.changes();
    log.commit(changes, plan.pending(), plan.merged(), dead, source);
    plan.digests().forEach(metrics::digest);
    outbox.handOver(plan);
  }

  /** Closes the log; to be called when nobody delivers any more. */
  @Override
  public void close() {
    StateLog log = opened;
    if (log != null) {
      log.close();
    }
  }

  private void mirror(AlertEvent event) {
    mirrors.forEach(
        (name, mirror) -> {
          boolean routed =
              config.route().of(event.labels()).stream()
                  .map(Route::receiver)
                  .anyMatch(receiver -> config.channelsOf(receiver).contains(name));
          if (routed && !name.equals(event.labels().get(Notifications.ABOUT_CHANNEL))) {
            mirror.update(event);
          }
        });
  }
}
