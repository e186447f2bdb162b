package io.tidewatch.benchmarks.alerts;

import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the topic of alert events as anybody would, and looks at the clock. */
final class EventWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

  private final AlertEventCodec codec = new AlertEventCodec();
  private final List<Seen> seen = new ArrayList<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  /**
   * An event.
   *
   * @param nanos when it was read, by {@link System#nanoTime}
   */
  record Seen(AlertEvent event, long nanos) {}

  /**
   * @param topic of one partition
   */
  EventWatch(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> only = List.of(new TopicPartition(topic, 0));
    consumer.assign(only);
    consumer.seekToBeginning(only);
    thread = new Thread(this::read, "event-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (consumer) {
      while (true) {
        var records = consumer.poll(POLL);
        long nanos = System.nanoTime();
        synchronized (seen) {
          for (ConsumerRecord<byte[], byte[]> each : records) {
            seen.add(new Seen(event(each.value()), nanos));
          }
        }
      }
    } catch (WakeupException e) {
      // close() has asked for the end
    } catch (Throwable e) {
      failure = e;
    }
  }

  private AlertEvent event(byte[] message) {
    if (codec.decode(message) instanceof Decoded.Ok<AlertEvent> ok) {
      return ok.value();
    }
    throw new IllegalStateException(
        "the topic of alerts must hold alert events only, held another");
  }

  /** All events so far, in the order in which they stand on the topic. */
  List<Seen> seen() {
    Throwable failed = failure;
    if (failed != null) {
      throw new IllegalStateException("the topic of alerts cannot be read", failed);
    }
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  /**
   * Waits for so many events.
   *
   * @return at least as many
   * @throws IllegalStateException when they do not come
   */
  List<Seen> await(int count, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (List<Seen> now = seen(); ; now = seen()) {
      if (now.size() >= count) {
        return now;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "events: must be %d within %s, was %d".formatted(count, patience, now.size()));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
