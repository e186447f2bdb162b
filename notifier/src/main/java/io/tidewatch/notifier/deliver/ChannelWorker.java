package io.tidewatch.notifier.deliver;

import io.tidewatch.notifier.config.DeliverySettings;
import io.tidewatch.notifier.message.Notification;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delivers what waits for one channel, one after the other, each until it is delivered or given up.
 * One thread; nothing it does holds up another channel.
 */
public final class ChannelWorker implements Runnable {
  private static final Duration LOOK_UP = Duration.ofMillis(200);

  private final Channel channel;
  private final ChannelQueue queue;
  private final DeliverySettings settings;
  private final DeliveryLog log;
  private final DeliveryWatch watch;
  private final Pause pause;
  private final TokenBucket bucket;
  private final Backoff backoff;

  public ChannelWorker(
      Channel channel,
      ChannelQueue queue,
      DeliverySettings settings,
      DeliveryLog log,
      DeliveryWatch watch,
      Pause pause,
      RandomGenerator random) {
    this.channel = channel;
    this.queue = queue;
    this.settings = settings;
    this.log = log;
    this.watch = watch;
    this.pause = pause;
    this.bucket = new TokenBucket(settings.burst(), settings.every(), pause.nanos());
    this.backoff = new Backoff(settings.retryFirst(), settings.retryAtMost(), random);
  }

  /** Until the process ends. What is being delivered then is delivered by the next process. */
  @Override
  public void run() {
    try {
      while (pause.await(Duration.ZERO)) {
        Notification next = queue.take(LOOK_UP);
        if (next != null && !deliver(next)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @return false when the process ended before it was delivered or given up
   */
  boolean deliver(Notification notification) throws InterruptedException {
    long beganMs = pause.nowMs();
    for (int failures = 1; pause.await(bucket.take(pause.nanos())); failures++) {
      Outcome outcome = channel.send(notification);
      if (outcome instanceof Outcome.Sent) {
        log.sent(notification);
        watch.delivered(
            notification,
            Duration.ofMillis(Math.max(0, pause.nowMs() - notification.createdAtMs())));
        return true;
      }
      if (outcome instanceof Outcome.Failed failed) {
        Duration next = backoff.after(failures, failed.retryAfter());
        if (pause.nowMs() + next.toMillis() <= beganMs + settings.giveUpAfter().toMillis()) {
          watch.failed(notification, failed.reason());
          if (!pause.await(next)) {
            return false;
          }
          continue;
        }
        giveUp(notification, "given up after " + failures + " attempts: " + failed.reason());
        return true;
      }
      giveUp(notification, ((Outcome.Refused) outcome).reason());
      return true;
    }
    return false;
  }

  private void giveUp(Notification notification, String reason) {
    log.undelivered(notification, reason);
    watch.gaveUp(notification, reason);
  }
}
