package io.tidewatch.cli.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes an input at its rate, on a thread of its own, whatever happens to Kafka: what is due while
 * the broker is away is written when it is back, each message once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is kept for check()
final class InputWriter implements AutoCloseable {
  /** Longer than any outage of a scenario. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private final ChaosInput input;
  private final double perSecond;
  private final String telemetryTopic;
  private final String latencyTopic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final SentInput written;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::write, "chaos-input");
  private volatile boolean enough;

  /**
   * @param perSecond messages a second, as many as the input has in a second of event time
   */
  InputWriter(
      String bootstrapServers,
      ChaosInput input,
      double perSecond,
      String telemetryTopic,
      String latencyTopic) {
    this.input = input;
    this.written = new SentInput(input);
    this.perSecond = perSecond;
    this.telemetryTopic = telemetryTopic;
    this.latencyTopic = latencyTopic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void start() {
    thread.start();
  }

  /** Messages handed to the producer so far. */
  long sent() {
    check();
    return sent.get();
  }

  /**
   * Stops the input and waits until Kafka has all of it.
   *
   * @return all of it
   */
  SentInput finish() throws InterruptedException {
    enough = true;
    thread.join();
    check();
    producer.flush();
    check();
    if (stored.get() != written.sent()) {
      throw new IllegalStateException(
          "input: must all be in Kafka, %d of %d are".formatted(stored.get(), written.sent()));
    }
    return written;
  }

  private void write() {
    try {
      long startNs = System.nanoTime();
      while (!enough) {
        long due = (long) ((System.nanoTime() - startNs) / 1e9 * perSecond);
        while (!enough && written.sent() < due) {
          send(input.next());
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private void send(ChaosInput.Message message) {
    written.add(message);
    sent.incrementAndGet();
    producer.send(
        new ProducerRecord<>(
            message.telemetry() ? telemetryTopic : latencyTopic,
            message.partition(),
            null,
            message.value()),
        (metadata, refused) -> {
          if (refused == null) {
            stored.incrementAndGet();
          } else {
            failure.compareAndSet(null, refused);
          }
        });
  }

  private void check() {
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("the input could not be written", cause);
    }
  }

  @Override
  public void close() {
    enough = true;
    thread.interrupt();
    producer.close(Duration.ofSeconds(5));
  }
}
