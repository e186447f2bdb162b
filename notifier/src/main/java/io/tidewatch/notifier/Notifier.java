package io.tidewatch.notifier;

import io.tidewatch.notifier.channel.AlertmanagerMirror;
import io.tidewatch.notifier.channel.Channels;
import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings;
import io.tidewatch.notifier.config.NotifierConfig;
import io.tidewatch.notifier.deliver.Channel;
import io.tidewatch.notifier.deliver.ChannelQueue;
import io.tidewatch.notifier.deliver.ChannelWorker;
import io.tidewatch.notifier.metrics.HealthServer;
import io.tidewatch.notifier.metrics.NotifierMetrics;
import io.tidewatch.notifier.state.StateLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifier: one thread that reads events and decides, one for each channel that delivers.
 *
 * <pre>
 *   alerts.v1 ──▶ book ──▶ groups ──▶ outbox ─┬─▶ queue ─▶ mail
 *                    ╰──────┬────────────╯    ├─▶ queue ─▶ Slack
 *                           ▼                 ╰─▶ …
 *              notifications.v1 (one transaction, with the offsets)
 * </pre>
 *
 * It ends itself on the first failure it cannot deal with; whoever runs it starts it again, and it
 * goes on where its state says.
 */
public final class Notifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private final StopSignal signal = new StopSignal();
  private final NotifierMetrics metrics = new NotifierMetrics();
  private final List<Thread> threads = new ArrayList<>();
  private final List<AutoCloseable> targets = new ArrayList<>();
  private final Duration patience;
  private final EventLoop loop;
  private final HealthServer health;

  private Notifier(NotifierConfig config, DnsResolver names) throws IOException {
    this.patience = config.targets().requestTimeout().plus(SETTLING);
    Channels channels = new Channels(config.targets(), names);
    Outbox outbox = new Outbox(config);
    Map<String, AlertmanagerMirror> mirrors = new LinkedHashMap<>();
    Map<String, IntSupplier> lengths = new LinkedHashMap<>();
    List<Runnable> senders = new ArrayList<>();
    LogInUse log = new LogInUse();
    for (ChannelConfig channel : config.channels()) {
      if (channel.settings() instanceof ChannelSettings.Alertmanager settings) {
        AlertmanagerMirror mirror =
            channels.mirror(
                channel, settings, signal, outcome -> metrics.posted(channel.name(), outcome));
        mirrors.put(channel.name(), mirror);
        targets.add(mirror);
        lengths.put(channel.name(), mirror::size);
        senders.add(mirror);
      } else {
        Channel sender = channels.channel(channel);
        ChannelQueue queue = outbox.open(channel);
        targets.add(sender);
        lengths.put(channel.name(), queue::size);
        senders.add(
            new ChannelWorker(
                sender, queue, channel.delivery(), log, metrics, signal, new SplittableRandom()));
      }
    }
    metrics.queues(lengths);
    this.loop =
        new EventLoop(
            config,
            outbox,
            mirrors,
            metrics,
            signal,
            () -> {
              StateLog opened =
                  StateLog.open(config.kafka(), config.state(), config.input(), Clock.systemUTC());
              log.use(opened);
              return opened;
            },
            () -> senders.forEach(this::begin));
    this.health =
        HealthServer.start(
            config.http(), metrics.registry(), () -> !signal.isStopped(), loop::isReady);
  }

  /**
   * Starts one.
   *
   * @throws IllegalArgumentException naming the key, when a target is not allowed
   * @throws IOException when its metrics cannot be served
   */
  public static Notifier start(NotifierConfig config) throws IOException {
    return start(config, SystemDefaultDnsResolver.INSTANCE);
  }

  /**
   * Starts one that asks another name service.
   *
   * @throws IllegalArgumentException naming the key, when a target is not allowed
   * @throws IOException when its metrics cannot be served
   */
  static Notifier start(NotifierConfig config, DnsResolver names) throws IOException {
    Notifier notifier = new Notifier(config, names);
    notifier.begin(notifier.loop);
    return notifier;
  }

  private void begin(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                LOG.error("the notifier cannot go on", e);
                signal.fail(e);
              }
            },
            "notifier-" + work.getClass().getSimpleName());
    thread.setDaemon(true);
    synchronized (threads) {
      threads.add(thread);
    }
    thread.start();
  }

  /** Where it serves metrics and health. */
  public int port() {
    return health.port();
  }

  /** Whether it has read its state and takes events. */
  public boolean isReady() {
    return loop.isReady();
  }

  /** Whether it was ready at any time. */
  public boolean wasReady() {
    return loop.wasReady();
  }

  /**
   * Whether it could not go on because Kafka did not answer: another one may, from the same state.
   *
   * @param failure of {@link #awaitEnd}
   */
  public static boolean isForWantOfKafka(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Waits until it ends.
   *
   * @throws IllegalStateException when it ended because it could not go on
   */
  public void awaitEnd() throws InterruptedException {
    signal.awaitStop();
    Throwable failure = signal.failure();
    if (failure != null) {
      throw new IllegalStateException("the notifier cannot go on", failure);
    }
  }

  /**
   * Ends it: what is being delivered is finished, what waits is left to the next process.
   *
   * @throws IllegalStateException when a part of it does not end
   */
  @Override
  public void close() {
    signal.stop();
    health.close();
    List<Thread> running;
    synchronized (threads) {
      running = List.copyOf(threads);
    }
    try {
      for (Thread thread : running) {
        thread.join(patience.toMillis());
      }
      loop.close();
      for (AutoCloseable target : targets) {
        target.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the notifier did not end in order", e);
    }
  }
}
