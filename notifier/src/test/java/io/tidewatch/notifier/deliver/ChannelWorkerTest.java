package io.tidewatch.notifier.deliver;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.Configs;
import io.tidewatch.notifier.config.DeliverySettings;
import io.tidewatch.notifier.deliver.Outcome.Failed;
import io.tidewatch.notifier.deliver.Outcome.Refused;
import io.tidewatch.notifier.deliver.Outcome.Sent;
import io.tidewatch.notifier.message.Notification;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One channel on a virtual clock. */
class ChannelWorkerTest {
  private static final DeliverySettings SETTINGS =
      new DeliverySettings(
          10,
          10,
          2,
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          Duration.ofMinutes(1),
          true);

  private final List<String> heard = new ArrayList<>();
  private final Deque<Outcome> answers = new ArrayDeque<>();
  private final VirtualPause pause = new VirtualPause();
  private final ChannelQueue queue = new ChannelQueue(10);
  private final ChannelWorker worker =
      new ChannelWorker(
          notification -> {
            heard.add(pause.millis + " send " + notification.key());
            return answers.isEmpty() ? new Sent() : answers.poll();
          },
          queue,
          SETTINGS,
          new Log(),
          new Watch(),
          pause,
          new SplittableRandom(1));

  private static Notification message(String key) {
    return Configs.notification(key, firing("Cpu", "a", T0));
  }

  @Test
  void whatWasSentIsWrittenDown() throws Exception {
    assertThat(worker.deliver(message("a"))).isTrue();
    assertThat(heard).containsExactly("0 send a", "log sent a", "delivered a after PT0S");
  }

  @Test
  void aFailureIsTriedAgainAfterAPause() throws Exception {
    answers.add(new Failed("500", null));
    answers.add(new Failed("500", null));
    worker.deliver(message("a"));

    assertThat(heard).hasSize(7).contains("failed a: 500", "log sent a");
    assertThat(heard.get(5)).isEqualTo("log sent a");
    assertThat(pause.paused.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(heard.get(6)).startsWith("delivered a after ");
  }

  @Test
  void retryAfterIsKept() throws Exception {
    answers.add(new Failed("429", Duration.ofSeconds(42)));
    worker.deliver(message("a"));
    assertThat(heard).contains("0 send a", "42000 send a");
  }

  @Test
  void whatIsRefusedIsGivenUpAtOnce() throws Exception {
    answers.add(new Refused("HTTP status 404"));
    assertThat(worker.deliver(message("a"))).isTrue();
    assertThat(heard)
        .containsExactly("0 send a", "log undelivered a: HTTP status 404", "gave up a");
  }

  @Test
  void whatFailsForTooLongIsGivenUp() throws Exception {
    for (int i = 0; i < 100; i++) {
      answers.add(new Failed("500", null));
    }
    worker.deliver(message("a"));
    assertThat(pause.millis).isBetween(50_000L, 60_000L);
    assertThat(heard.get(heard.size() - 1)).isEqualTo("gave up a");
    assertThat(heard.get(heard.size() - 2))
        .matches("log undelivered a: given up after \\d+ attempts: 500");
  }

  @Test
  void attemptsKeepThePaceOfTheBucket() throws Exception {
    for (String key : List.of("a", "b", "c", "d")) {
      worker.deliver(message(key));
    }
    assertThat(heard).contains("0 send a", "0 send b", "10000 send c", "20000 send d");
  }

  @Test
  void theEndOfTheProcessLeavesTheMessageToTheNext() throws Exception {
    answers.add(new Failed("500", null));
    pause.endAfter = 1;
    assertThat(worker.deliver(message("a"))).isFalse();
    assertThat(heard).containsExactly("0 send a", "failed a: 500");
  }

  @Test
  void takesFromTheQueueInOrderUntilTheEnd() {
    queue.addAll(List.of(message("a"), message("b")));
    pause.endAfter = 4;
    worker.run();
    assertThat(heard).contains("0 send a", "0 send b");
    assertThat(queue.size()).isZero();
  }

  @Test
  void makesRoomForAll() throws Exception {
    ChannelQueue small = new ChannelQueue(2);
    small.addAll(List.of(message("a"), message("b")));
    assertThat(small.makeRoom(0)).isEmpty();
    assertThat(small.makeRoom(1)).extracting(Notification::key).containsExactly("a", "b");
    assertThat(small.size()).isZero();
    assertThat(small.take(Duration.ZERO)).isNull();
    assertThat(small.holds(2)).isTrue();
    assertThat(small.holds(3)).isFalse();
  }

  private final class Log implements DeliveryLog {
    @Override
    public void sent(Notification notification) {
      heard.add("log sent " + notification.key());
    }

    @Override
    public void undelivered(Notification notification, String reason) {
      heard.add("log undelivered " + notification.key() + ": " + reason);
    }
  }

  private final class Watch implements DeliveryWatch {
    @Override
    public void delivered(Notification notification, Duration delay) {
      heard.add("delivered " + notification.key() + " after " + delay);
    }

    @Override
    public void failed(Notification notification, String reason) {
      heard.add("failed " + notification.key() + ": " + reason);
    }

    @Override
    public void gaveUp(Notification notification, String reason) {
      heard.add("gave up " + notification.key());
    }
  }

  private static final class VirtualPause implements Pause {
    private final List<Duration> paused = new ArrayList<>();
    private long millis;
    private int endAfter = Integer.MAX_VALUE;
    private int awaited;

    @Override
    public long nowMs() {
      return T0 + millis;
    }

    @Override
    public long nanos() {
      return millis * 1_000_000;
    }

    @Override
    public boolean await(Duration duration) {
      if (!duration.isZero()) {
        paused.add(duration);
      }
      millis += duration.toMillis();
      return awaited++ < endAfter;
    }
  }
}
