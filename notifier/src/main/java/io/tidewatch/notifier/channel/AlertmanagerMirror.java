package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.config.ChannelSettings.Alertmanager;
import io.tidewatch.notifier.deliver.Outcome;
import io.tidewatch.notifier.deliver.Pause;
import io.tidewatch.notifier.http.HttpPoster;
import io.tidewatch.notifier.message.AlertmanagerJson;
import io.tidewatch.notifier.message.Notification;
import io.tidewatch.schemas.derived.AlertEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps an Alertmanager told of what is active: a new event at once, all of them each interval, and
 * what is over for 15 minutes more. It forgets alerts that are not posted again, so there is
 * nothing to keep of what was delivered: a post that failed is made good by the next.
 */
public final class AlertmanagerMirror implements Runnable, AutoCloseable {
  /** How long Alertmanager's own clients repeat that an alert is over. */
  private static final Duration REPEAT_RESOLVED = Duration.ofMinutes(15);

  private static final int ALERTS_A_POST = 200;
  private static final Duration LOOK_UP = Duration.ofMillis(200);

  private final HttpPoster poster;
  private final URI target;
  private final Alertmanager settings;
  private final Pause pause;
  private final Consumer<Outcome> watch;
  private final Map<String, AlertEvent> alerts = new LinkedHashMap<>();
  private final Map<String, Long> overSinceMs = new LinkedHashMap<>();
  private final Set<String> fresh = new LinkedHashSet<>();
  private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);

  /**
   * @param watch hears of each post
   */
  AlertmanagerMirror(
      HttpPoster poster, URI target, Alertmanager settings, Pause pause, Consumer<Outcome> watch) {
    this.poster = poster;
    this.target = target;
    this.settings = settings;
    this.pause = pause;
    this.watch = watch;
  }

  /** The last event of an alert that goes to this Alertmanager. */
  public void update(AlertEvent event) {
    synchronized (alerts) {
      if (Notification.isActive(event) && !event.notifies()) {
        // Suppressed: it is not posted again, and ends there by itself.
        alerts.remove(event.fingerprint());
        return;
      }
      alerts.put(event.fingerprint(), event);
      fresh.add(event.fingerprint());
      if (Notification.isActive(event)) {
        overSinceMs.remove(event.fingerprint());
      } else {
        overSinceMs.put(event.fingerprint(), pause.nowMs());
      }
    }
    wake.offer(Boolean.TRUE);
  }

  @Override
  public void run() {
    try {
      long allAtMs = pause.nowMs();
      while (pause.await(Duration.ZERO)) {
        boolean all = pause.nowMs() >= allAtMs;
        if (all) {
          allAtMs = pause.nowMs() + settings.interval().toMillis();
        }
        post(all);
        wake.poll(
            Math.max(1, Math.min(LOOK_UP.toMillis(), allAtMs - pause.nowMs())),
            TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Posts what is new, or everything; says whether all posts succeeded. */
  boolean post(boolean all) {
    List<AlertEvent> due = all ? everything() : news();
    boolean sent = true;
    for (int from = 0; from < due.size(); from += ALERTS_A_POST) {
      Outcome outcome =
          poster.post(
              target,
              HttpChannel.revealed(settings.headers()),
              "application/json",
              AlertmanagerJson.alerts(
                  due.subList(from, Math.min(due.size(), from + ALERTS_A_POST)),
                  Instant.ofEpochMilli(pause.nowMs()),
                  settings.interval()));
      watch.accept(outcome);
      sent &= outcome instanceof Outcome.Sent;
    }
    return sent;
  }

  private List<AlertEvent> everything() {
    long oldMs = pause.nowMs() - REPEAT_RESOLVED.toMillis();
    synchronized (alerts) {
      fresh.clear();
      overSinceMs
          .entrySet()
          .removeIf(
              over -> {
                boolean old = over.getValue() < oldMs;
                if (old) {
                  alerts.remove(over.getKey());
                }
                return old;
              });
      return List.copyOf(alerts.values());
    }
  }

  private List<AlertEvent> news() {
    synchronized (alerts) {
      List<AlertEvent> news = new ArrayList<>();
      for (String fingerprint : fresh) {
        AlertEvent event = alerts.get(fingerprint);
        if (event != null) {
          news.add(event);
        }
      }
      fresh.clear();
      return news;
    }
  }

  /** Alerts it holds. */
  public int size() {
    synchronized (alerts) {
      return alerts.size();
    }
  }

  @Override
  public void close() {
    poster.close();
  }
}
