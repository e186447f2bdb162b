package io.tidewatch.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;

/** Kafka, PostgreSQL and Flink, started side by side and closed in the order the data flows. */
public final class EmbeddedStack implements AutoCloseable {
  private static final Executor OWN_THREAD =
      task -> new Thread(task, "embedded-stack-start").start();

  private final EmbeddedKafka kafka;
  private final EmbeddedDatabase database;
  private final EmbeddedFlink flink;
  private final Took took;

  /** How long each took to start, and all of them, side by side. */
  public record Took(Duration kafka, Duration database, Duration flink, Duration total) {}

  private EmbeddedStack(
      Started<EmbeddedKafka> kafka,
      Started<EmbeddedDatabase> database,
      Started<EmbeddedFlink> flink,
      Duration total) {
    this.kafka = kafka.service();
    this.database = database.service();
    this.flink = flink.service();
    this.took = new Took(kafka.took(), database.took(), flink.took(), total);
  }

  /**
   * Starts all three below {@code dir}. If one does not start, the others are closed, and its cause
   * is thrown.
   */
  public static EmbeddedStack start(
      Path dir, int slots, Configuration flinkOverrides, Map<String, String> kafkaOverrides) {
    long begin = System.nanoTime();
    var kafka = inOwnThread(() -> EmbeddedKafka.start(dir.resolve("kafka"), kafkaOverrides));
    var database = inOwnThread(() -> EmbeddedDatabase.start(dir.resolve("postgres")));
    var flink = inOwnThread(() -> EmbeddedFlink.start(dir.resolve("flink"), slots, flinkOverrides));
    try {
      CompletableFuture.allOf(kafka, database, flink).join();
      return new EmbeddedStack(kafka.join(), database.join(), flink.join(), since(begin));
    } catch (CompletionException e) {
      var failure =
          new IllegalStateException("Not all of the stack started on " + dir, e.getCause());
      close(failure, flink);
      close(failure, database);
      close(failure, kafka);
      throw failure;
    }
  }

  public EmbeddedKafka kafka() {
    return kafka;
  }

  public EmbeddedDatabase database() {
    return database;
  }

  public EmbeddedFlink flink() {
    return flink;
  }

  public Took took() {
    return took;
  }

  /** Flink first, which uses the others. */
  @Override
  public void close() {
    try (kafka;
        database;
        flink) {
      // try-with-resources closes from the last to the first, and all of them whatever happens.
    }
  }

  private static <T extends AutoCloseable> CompletableFuture<Started<T>> inOwnThread(
      Supplier<T> start) {
    return CompletableFuture.supplyAsync(
        () -> {
          long begin = System.nanoTime();
          return new Started<>(start.get(), since(begin));
        },
        OWN_THREAD);
  }

  private static void close(
      Exception failure, CompletableFuture<? extends Started<?>> possiblyStarted) {
    if (!possiblyStarted.isCompletedExceptionally()) {
      try {
        possiblyStarted.join().service().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private record Started<T extends AutoCloseable>(T service, Duration took) {}
}
