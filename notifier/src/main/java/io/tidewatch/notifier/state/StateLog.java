package io.tidewatch.notifier.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.notifier.config.InputSettings;
import io.tidewatch.notifier.config.KafkaSettings;
import io.tidewatch.notifier.config.StateSettings;
import io.tidewatch.notifier.deliver.DeliveryLog;
import io.tidewatch.notifier.group.Changes;
import io.tidewatch.notifier.message.Notification;
import io.tidewatch.schemas.codec.AlertEventCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what must survive the process. What an event changes, the messages that come of it and the
 * offset behind it are one Kafka transaction: either all of it is there after a crash, or none.
 * That a message was sent is written beside, by the thread that sent it; a crash in between makes
 * the next process send it once more, with the same key.
 *
 * <p>Whoever opens a log of the same consumer group fences off the one before.
 */
public final class StateLog implements DeliveryLog, AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private record Settled(String key, long atMs) {}

  private final StateSettings topics;
  private final InputSettings input;
  private final Clock clock;
  private final AlertEventCodec events = new AlertEventCodec();
  private final StateCodec codec = new StateCodec();
  private final KafkaProducer<byte[], byte[]> transactions;
  private final KafkaProducer<byte[], byte[]> marks;
  private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();

  private StateLog(KafkaSettings kafka, StateSettings topics, InputSettings input, Clock clock) {
    this.topics = topics;
    this.input = input;
    this.clock = clock;
    this.transactions =
        producer(
            kafka, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "notifier-" + input.groupId()));
    this.marks = producer(kafka, Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
  }

  private static KafkaProducer<byte[], byte[]> producer(
      KafkaSettings kafka, Map<String, Object> own) {
    Map<String, Object> config = kafka.client(own);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip"); // of the JDK, needs no native code
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Opens the log; the notifier that had it before can write no more. */
  public static StateLog open(
      KafkaSettings kafka, StateSettings topics, InputSettings input, Clock clock) {
    StateLog log = new StateLog(kafka, topics, input, clock);
    try {
      log.transactions.initTransactions();
      return log;
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** What was settled by earlier processes, so that it is forgotten in time. */
  public void restore(StoredState stored) {
    stored.settled().forEach((key, atMs) -> settled.add(new Settled(key, atMs)));
  }

  /**
   * Writes, all or nothing, what a batch of events and the passing of time came to.
   *
   * @param pending messages that are to be sent
   * @param merged messages that waited and are now part of a digest among {@code pending}
   * @param source whose offsets are written
   */
  public void commit(
      Changes changes,
      List<Notification> pending,
      List<Notification> merged,
      List<DeadLetter> dead,
      AlertSource source) {
    transactions.beginTransaction();
    changes
        .alerts()
        .forEach(
            (fingerprint, event) ->
                put(StateKey.ofAlert(fingerprint), event == null ? null : events.encode(event)));
    changes
        .groups()
        .forEach(
            (id, group) -> put(StateKey.ofGroup(id), group == null ? null : codec.encode(group)));
    changes
        .told()
        .forEach(
            (told, eventId) ->
                put(StateKey.of(told), eventId == null ? null : eventId.getBytes(UTF_8)));
    pending.forEach(each -> put(StateKey.of(each), codec.pending(each)));
    merged.forEach(
        each -> put(StateKey.of(each), codec.settled(Settlement.MERGED, clock.millis())));
    dead.forEach(letter -> transact(letter.to(input.deadLetterTopic())));
    transactions.sendOffsetsToTransaction(source.offsets(), source.group());
    transactions.commitTransaction(); // throws when one of the records was not written
    merged.forEach(each -> settled.add(new Settled(StateKey.of(each), clock.millis())));
  }

  private void put(String key, byte @Nullable [] value) {
    transact(new ProducerRecord<>(topics.notificationsTopic(), key.getBytes(UTF_8), value));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit waits for it and throws its failure
  private void transact(ProducerRecord<byte[], byte[]> message) {
    transactions.send(message);
  }

  @Override
  public void sent(Notification notification) {
    settle(notification, Settlement.SENT);
  }

  @Override
  public void undelivered(Notification notification, String reason) {
    write(
        new ProducerRecord<>(
            topics.undeliveredTopic(),
            (notification.channel() + "/" + notification.key()).getBytes(UTF_8),
            codec.undelivered(notification, reason)));
    settle(notification, Settlement.UNDELIVERED);
  }

  private void settle(Notification notification, Settlement settlement) {
    String key = StateKey.of(notification);
    long nowMs = clock.millis();
    write(
        new ProducerRecord<>(
            topics.notificationsTopic(), key.getBytes(UTF_8), codec.settled(settlement, nowMs)));
    settled.add(new Settled(key, nowMs));
  }

  /** Takes away the keys of what was settled long ago. */
  public void forgetSettled() {
    long oldMs = clock.millis() - topics.keepSent().toMillis();
    for (Settled oldest = settled.peek();
        oldest != null && oldest.atMs() < oldMs;
        oldest = settled.peek()) {
      write(new ProducerRecord<>(topics.notificationsTopic(), oldest.key().getBytes(UTF_8), null));
      settled.remove(oldest);
    }
  }

  private void write(ProducerRecord<byte[], byte[]> message) {
    try {
      marks.send(message).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(message.topic() + ": not written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(message.topic() + ": not written", e);
    }
  }

  @Override
  public void close() {
    transactions.close(CLOSE_TIMEOUT);
    marks.close(CLOSE_TIMEOUT);
  }
}
