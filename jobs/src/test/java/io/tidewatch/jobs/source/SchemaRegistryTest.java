package io.tidewatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.jobs.config.AvroConfig;
import io.tidewatch.schemas.codec.WriterSchemas;
import io.tidewatch.testkit.StandInSchemaRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of a schema registry, and what is done while it does not answer. */
class SchemaRegistryTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final StandInSchemaRegistry standIn = StandInSchemaRegistry.start();
  private final WriterSchemas registry = new SchemaRegistry(URI.create(standIn.url()));

  @AfterEach
  void stop() {
    standIn.close();
  }

  @Test
  void findsASchemaById() {
    standIn.register(7, "\"string\"");
    assertThat(registry.find(7)).isEqualTo("\"string\"");
  }

  @Test
  void anIdTheRegistryDoesNotHaveIsUnknownAndNotAskedForAtOnceAgain() {
    assertThat(registry.find(8)).isNull();
    standIn.register(8, "\"string\"");
    assertThat(registry.find(8)).isNull();
    assertThat(standIn.asked()).isEqualTo(1);
  }

  @Test
  void waitsForARegistryThatIsNotThere() {
    standIn.register(7, "\"string\"");
    standIn.stop();
    CompletableFuture<String> found = CompletableFuture.supplyAsync(() -> registry.find(7));
    await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> !found.isDone());
    standIn.startAgain();
    assertThat(found).succeedsWithin(SOON).isEqualTo("\"string\"");
  }

  @Test
  void waitsForARegistryThatGivesAnotherAnswer() {
    standIn.register(7, "\"string\"");
    for (int status : new int[] {500, 503, 401, 404}) {
      standIn.failWith(status);
      int before = standIn.asked();
      CompletableFuture<String> found = CompletableFuture.supplyAsync(() -> registry.find(7));
      await().atMost(SOON).until(() -> standIn.asked() >= before + 2);
      assertThat(found).isNotDone();
      standIn.failWith(0);
      assertThat(found).succeedsWithin(SOON).isEqualTo("\"string\"");
    }
  }

  @Test
  void anotherServerUnderThatUrlMakesNoIdUnknown() {
    WriterSchemas elsewhere = new SchemaRegistry(URI.create(standIn.url() + "/elsewhere"));
    assertThat(interruptWaiting(elsewhere)).hasMessageContaining("/elsewhere/schemas/ids/7");
    assertThat(standIn.asked()).isPositive();
  }

  @Test
  void endsWhenItIsInterrupted() {
    standIn.stop();
    assertThat(interruptWaiting(registry)).hasMessageContaining("interrupted while it waited");
  }

  @Test
  void filesComeBeforeTheRegistryAndBothTravelToTheTaskManagers() throws Exception {
    standIn.register(1, "\"int\"");
    standIn.register(2, "\"int\"");
    WriterSchemas both =
        JobSchemas.of(new AvroConfig(standIn.url(), Map.of()), Map.of(1, "\"long\""));
    WriterSchemas sent = InstantiationUtil.clone(both);
    assertThat(sent.find(1)).isEqualTo("\"long\"");
    assertThat(sent.find(2)).isEqualTo("\"int\"");
    WriterSchemas files = JobSchemas.of(new AvroConfig("", Map.of()), Map.of(1, "\"long\""));
    assertThat(InstantiationUtil.clone(files).find(2)).isNull();
  }

  /** Interrupted again and again, as Flink does: the first may be lost in a library. */
  private static Throwable interruptWaiting(WriterSchemas schemas) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                schemas.find(7);
              } catch (IllegalStateException e) {
                failure.set(e);
              }
            });
    waiting.start();
    await().atMost(SOON).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    await()
        .atMost(SOON)
        .until(
            () -> {
              waiting.interrupt();
              return failure.get() != null;
            });
    return failure.get();
  }
}
