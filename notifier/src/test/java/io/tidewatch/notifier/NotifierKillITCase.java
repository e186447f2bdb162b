package io.tidewatch.notifier;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.embedded.EmbeddedKafka;
import io.tidewatch.notifier.Receiver.Answer;
import io.tidewatch.notifier.Receiver.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The notifier is killed at the worst moment: when the receiver has the message, and nobody has
 * written that down. As often as {@code -Dtidewatch.notifier.kills=N} says.
 */
class NotifierKillITCase {
  private static final int KILLS = Integer.getInteger("tidewatch.notifier.kills", 3);
  private static final int REQUESTS_A_LIFE = 40;
  private static final int ALERTS = REQUESTS_A_LIFE * (KILLS + 1);
  private static final Duration PATIENCE = Duration.ofMinutes(2L + KILLS);

  @TempDir Path folder;
  private final AtomicReference<Process> child = new AtomicReference<>();
  private final AtomicInteger kills = new AtomicInteger();

  @Test
  void nothingIsLostAndAKillRepeatsAtMostOneMessage() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        MailSink mail = new MailSink();
        Receiver web = new Receiver(this::answer)) {
      NotifierFixture topics = new NotifierFixture(kafka, "kills");
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-Xmx256m",
              "-cp",
              System.getProperty("java.class.path"),
              NotifierChild.class.getName(),
              kafka.bootstrapServers(),
              "kills",
              web.url(),
              Integer.toString(mail.port()));
      start(command);
      try {
        for (int i = 0; i < ALERTS; i++) {
          topics.tell(firing("Cpu", "device-" + i, T0));
          if (!child.get().isAlive()) {
            start(command);
          }
        }
        await("everything told")
            .dontCatchUncaughtExceptions() // those of the mail server when its client dies
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(200))
            .until(
                () -> {
                  if (!child.get().isAlive()) {
                    start(command);
                  }
                  return devices(web).size() == ALERTS
                      && new HashSet<>(mail.ids()).size() == ALERTS;
                });
      } finally {
        child.get().destroyForcibly().waitFor(1, TimeUnit.MINUTES);
      }

      assertThat(kills).as("kills that happened").hasValue(KILLS);
      Map<String, Set<String>> keys = devices(web);
      assertThat(keys.keySet()).isEqualTo(allDevices());
      assertThat(keys.values()).as("one key an alert").allMatch(each -> each.size() == 1);
      int repeated = web.accepted().size() - ALERTS;
      assertThat(repeated).as("the kills bite, once each").isBetween(1, KILLS);
      // a mail goes to two people at once
      int mailsRepeated = mail.ids().size() / 2 - ALERTS;
      assertThat(mailsRepeated).isBetween(0, KILLS);
      assertThat(topics.read(Configs.UNDELIVERED)).isEmpty();
    }
  }

  private static Set<String> allDevices() {
    return IntStream.range(0, ALERTS)
        .mapToObj(i -> "device-" + i)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Idempotency keys under which each device was told, of requests that were answered with 200. */
  private static Map<String, Set<String>> devices(Receiver web) {
    ObjectMapper mapper = new ObjectMapper();
    Map<String, Set<String>> keys = new HashMap<>();
    for (Request request : web.accepted()) {
      try {
        keys.computeIfAbsent(
                mapper.readTree(request.body()).at("/alerts/0/labels/device_id").asText(),
                device -> new HashSet<>())
            .add(request.header("Idempotency-key"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return keys;
  }

  /** Every so often the receiver takes a message, and its sender dies before it hears so. */
  private Answer answer(int number) {
    if (number % REQUESTS_A_LIFE == REQUESTS_A_LIFE - 1 && kills.get() < KILLS) {
      kills.incrementAndGet();
      try {
        child.get().destroyForcibly().waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Answer.OK;
    }
    return switch (number % REQUESTS_A_LIFE) {
      case 5, 17 -> Answer.ERROR;
      case 9 -> Answer.TOO_MANY;
      case 13 -> number < REQUESTS_A_LIFE ? Answer.SILENCE : Answer.OK;
      case 21 -> Answer.SLOW_BODY;
      case 25 -> number < REQUESTS_A_LIFE ? Answer.SLOW_ERROR : Answer.ERROR;
      default -> Answer.OK;
    };
  }

  private void start(List<String> command) {
    try {
      child.set(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("child.log").toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
