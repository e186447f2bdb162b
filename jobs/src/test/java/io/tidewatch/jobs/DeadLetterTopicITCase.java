package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.sink.DeadLetters;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.SharedStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The topic of dead letters is deleted while a job runs: the job does not drop what it cannot put
 * there, it fails where everybody sees it, and goes on once the topic is back.
 */
@ExtendWith(SharedStack.class)
class DeadLetterTopicITCase {
  private static final int GOOD = 200;
  private static final int BAD = 10;
  private static final int PARTITIONS = 2;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final byte[] NOT_A_REQUEST = "not a request".getBytes(UTF_8);
  private static final String IMPATIENT =
      "{max.block.ms: 3000, request.timeout.ms: 3000, delivery.timeout.ms: 5000}";

  private final ApiLatencyCodec codec = new ApiLatencyCodec();
  private final long startMs = System.currentTimeMillis() - 2 * GOOD * 100L;

  @Test
  void whatIsRefusedMeanwhileIsThereOnceTheTopicIsBack(EmbeddedStack stack) throws Exception {
    List<ApiLatency> before = requests(0);
    List<ApiLatency> after = requests(GOOD);
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            (env, loader, file) -> LatencyJob.build(env, loader, impatient(file)),
            JobUnderTest.shipped("rules/latency.yaml"),
            "window: {size: PT10S, slide: PT1S}",
            withBad(before));
    await("dead letters").atMost(TIMEOUT).until(() -> job.deadLetters().size() == BAD);
    String topic = job.input().get(0).topic() + ".dlq";

    delete(stack, topic);
    job.write(withBad(after));
    await("the job fails for all to see").atMost(TIMEOUT).until(() -> job.restarts() > 0);
    assertThat(stack.flink().failureCause(job.id()).orElseThrow()).hasStackTraceContaining(topic);
    await("topic")
        .atMost(TIMEOUT)
        .ignoreExceptions() // while it is being deleted
        .untilAsserted(() -> stack.kafka().createTopic(topic, PARTITIONS, Map.of()));

    Set<String> refused = refused(job.input(), 0);
    Set<String> refusedMeanwhile = refused(job.input(), (GOOD + BAD) / PARTITIONS);
    assertThat(refused).hasSize(2 * BAD);
    assertThat(refusedMeanwhile).hasSize(BAD);
    await("dead letters of the time without a topic")
        .atMost(TIMEOUT)
        .until(() -> origins(job.deadLetters()).containsAll(refusedMeanwhile));
    job.drain();

    assertThat(origins(job.deadLetters())).isSubsetOf(refused);
    List<ApiLatency> good = new ArrayList<>(before);
    good.addAll(after);
    RecomputedWindows.assertLatency(
        StoredWindows.latency(job),
        good,
        new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1)));
    assertThat(job.late()).isEmpty();
  }

  /** With producers that do not wait for minutes. */
  private static Path impatient(Path file) {
    try {
      String text = Files.readString(file);
      String told = text.replaceFirst("kafka: \\{", "kafka: {properties: " + IMPATIENT + ", ");
      assertThat(told).isNotEqualTo(text);
      return Files.writeString(file, told);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(EmbeddedStack stack, String topic)
      throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers()))) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  private List<ApiLatency> requests(int first) {
    return IntStream.range(first, first + GOOD)
        .mapToObj(
            i ->
                new ApiLatency(
                    "shop", "/e" + i % 5, "GET", 200, 10.0 + i % 7, startMs + i * 100L, null))
        .toList();
  }

  /** The requests, and among them what is none, each alone of its kind. */
  private List<byte[]> withBad(List<ApiLatency> requests) {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      messages.add(codec.encode(requests.get(i)));
      if (i % (GOOD / BAD) == 0) {
        messages.add(NOT_A_REQUEST);
      }
    }
    return messages;
  }

  /** Where what is no request lies in the input, from that offset on. */
  private static Set<String> refused(List<ConsumerRecord<byte[], byte[]>> input, long fromOffset) {
    return input.stream()
        .filter(message -> Arrays.equals(message.value(), NOT_A_REQUEST))
        .filter(message -> message.offset() >= fromOffset)
        .map(message -> message.partition() + "/" + message.offset())
        .collect(Collectors.toSet());
  }

  private static Set<String> origins(List<ConsumerRecord<byte[], byte[]>> letters) {
    return letters.stream()
        .map(
            letter ->
                header(letter, DeadLetters.PARTITION) + "/" + header(letter, DeadLetters.OFFSET))
        .collect(Collectors.toSet());
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
