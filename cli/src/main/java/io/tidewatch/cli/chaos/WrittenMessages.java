package io.tidewatch.cli.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.sink.DeadLetters;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.testkit.TopicClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What the jobs wrote to topics. */
final class WrittenMessages {
  private final TopicClient topics;

  WrittenMessages(String bootstrapServers) {
    this.topics = new TopicClient(bootstrapServers);
  }

  /**
   * Alert events.
   *
   * @param events one of each name
   * @param writtenMs when each was first written, milliseconds since the epoch
   * @param slowestSeconds from the event time of an event to the topic, of the one that took
   *     longest; {@code NaN} without any
   * @param repeated further events of a name that say the same
   * @param contradicted further events of a name that say something else
   */
  record Alerts(
      Map<ExpectedAlerts.Key, ExpectedAlerts.Told> events,
      Map<ToldPeople.Event, Long> writtenMs,
      double slowestSeconds,
      long repeated,
      long contradicted) {}

  /** The alert events of some topics, as those see them who read what is committed. */
  Alerts alerts(Collection<String> names) {
    Map<ExpectedAlerts.Key, ExpectedAlerts.Told> events = new HashMap<>();
    Map<ToldPeople.Event, Long> writtenMs = new HashMap<>();
    double slowestSeconds = Double.NaN;
    long repeated = 0;
    long contradicted = 0;
    AlertEventCodec codec = new AlertEventCodec();
    for (String topic : Set.copyOf(names)) {
      for (ConsumerRecord<byte[], byte[]> message : topics.readCommitted(topic)) {
        if (!(codec.decode(message.value()) instanceof Decoded.Ok<AlertEvent> decoded)) {
          throw new IllegalStateException(
              "%s: must hold alert events, offset %d is none".formatted(topic, message.offset()));
        }
        AlertEvent event = decoded.value();
        var told =
            new ExpectedAlerts.Told(
                event.startedAtMs(), event.firedAtMs(), event.resolvedAtMs(), event.value());
        var former =
            events.putIfAbsent(new ExpectedAlerts.Key(event.alertId(), event.status()), told);
        writtenMs.merge(
            new ToldPeople.Event(
                event.fingerprint(), event.startedAtMs(), event.status() == AlertStatus.RESOLVED),
            message.timestamp(),
            Math::min);
        if (former == null) {
          double seconds = (message.timestamp() - told.lastMs()) / 1000.0;
          slowestSeconds = seconds <= slowestSeconds ? slowestSeconds : seconds;
        } else if (former.equals(told)) {
          repeated++;
        } else {
          contradicted++;
        }
      }
    }
    return new Alerts(events, writtenMs, slowestSeconds, repeated, contradicted);
  }

  /** Late records, repetitions included. */
  long late(List<InputConfig> inputs) {
    return inputs.stream().mapToLong(input -> topics.readAll(input.lateTopic()).size()).sum();
  }

  /** Refused messages; one that was told again counts once. */
  long refused(List<InputConfig> inputs) {
    Set<List<String>> origins = new HashSet<>();
    for (InputConfig input : inputs) {
      for (ConsumerRecord<byte[], byte[]> message : topics.readAll(input.deadLetterTopic())) {
        origins.add(
            List.of(
                header(message, DeadLetters.TOPIC),
                header(message, DeadLetters.PARTITION),
                header(message, DeadLetters.OFFSET)));
      }
    }
    return origins.size();
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}
