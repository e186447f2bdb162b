package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.sink.DeadLetters;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.PoisonMessage;
import io.tidewatch.testkit.SerializedGadget;
import io.tidewatch.testkit.SharedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One message in twenty is poison: no restart, dead letters byte for byte, good rows exact. */
@ExtendWith(SharedStack.class)
class PoisonITCase {
  private static final int GOOD = 4000;
  private static final int POISON = GOOD / 19;

  /** Good records end now, so that the clock guard has no reason to refuse them. */
  private final long startMs = System.currentTimeMillis() - GOOD * 100L;

  @Test
  void telemetryJobSetsPoisonAsideAndComputesTheRest(EmbeddedStack stack) throws Exception {
    TelemetryModels models =
        ModelFiles.load(YamlLoader.ofProcess(), JobUnderTest.shipped("models"));
    TelemetryCodec codec = new TelemetryCodec(models);
    List<DeviceTelemetry> good = telemetry();
    List<PoisonMessage> poison =
        repeated(PoisonMessage.ofTelemetry("welding", "current_ampere", startMs));

    JobUnderTest job =
        JobUnderTest.start(
            stack,
            TelemetryJob::build,
            JobUnderTest.shipped("rules/telemetry.yaml"),
            "models: " + JobUnderTest.shipped("models"),
            mixed(good.stream().map(codec::encode).toList(), poison));
    job.awaitRead(GOOD + POISON);
    job.drain();

    assertThat(job.restarts()).isZero();
    assertThat(SerializedGadget.made()).as("objects made of messages").isZero();
    assertThat(job.late()).isEmpty();
    assertDeadLetters(job, poison);
    RecomputedWindows.assertFeatures(StoredWindows.features(job), good, models.get("welding"));
  }

  @Test
  void latencyJobSetsPoisonAsideAndComputesTheRest(EmbeddedStack stack) throws Exception {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    List<ApiLatency> good = requests();
    List<PoisonMessage> poison = repeated(PoisonMessage.ofApiLatency(startMs));

    JobUnderTest job =
        JobUnderTest.start(
            stack,
            LatencyJob::build,
            JobUnderTest.shipped("rules/latency.yaml"),
            "window: {size: PT10S, slide: PT1S}",
            mixed(good.stream().map(codec::encode).toList(), poison));
    job.awaitRead(GOOD + POISON);
    job.drain();

    assertThat(job.restarts()).isZero();
    assertThat(SerializedGadget.made()).as("objects made of messages").isZero();
    assertThat(job.late()).isEmpty();
    assertDeadLetters(job, poison);
    RecomputedWindows.assertLatency(
        StoredWindows.latency(job),
        good,
        new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1)));
  }

  private List<DeviceTelemetry> telemetry() {
    Random random = new Random(7);
    List<DeviceTelemetry> records = new ArrayList<>();
    for (int i = 0; i < GOOD; i++) {
      double[] values = {
        170 + 20 * random.nextDouble(),
        random.nextInt(10) == 0 ? Double.NaN : 24 + random.nextGaussian(),
        40 + random.nextGaussian(),
        2 + random.nextDouble()
      };
      records.add(
          new DeviceTelemetry(
              "welding", "d-" + i % 10, startMs + i * 100L, values, Map.of("site", "Köln"), "0"));
    }
    return records;
  }

  private List<ApiLatency> requests() {
    Random random = new Random(8);
    List<ApiLatency> requests = new ArrayList<>();
    for (int i = 0; i < GOOD; i++) {
      requests.add(
          new ApiLatency(
              "shop",
              "/orders/{id}/" + i % 3,
              i % 2 == 0 ? "GET" : "POST",
              random.nextInt(50) == 0 ? 503 : 200,
              Math.exp(3 + random.nextGaussian()),
              startMs + i * 100L,
              null));
    }
    return requests;
  }

  /** Every kind in turn; the large ones once, since a hundred of them say no more. */
  private static List<PoisonMessage> repeated(List<PoisonMessage> kinds) {
    List<PoisonMessage> repeated = new ArrayList<>(kinds);
    for (int i = 0; repeated.size() < POISON; i++) {
      PoisonMessage kind = kinds.get(i % kinds.size());
      if (kind.value() == null || kind.value().length < 1_000_000) {
        repeated.add(kind);
      }
    }
    return repeated;
  }

  private static List<byte[]> mixed(List<byte[]> good, List<PoisonMessage> poison) {
    List<byte[]> mixed = new ArrayList<>();
    for (int i = 0; i < good.size(); i++) {
      mixed.add(good.get(i));
      if (i % 19 == 18 && i / 19 < poison.size()) {
        mixed.add(poison.get(i / 19).value());
      }
    }
    return mixed;
  }

  /** Dead letters are those messages and no others, each with its reason and origin. */
  static void assertDeadLetters(JobUnderTest job, List<PoisonMessage> poison) {
    Map<String, Integer> wanted = new HashMap<>();
    for (PoisonMessage message : poison) {
      wanted.merge(message.reason() + Arrays.hashCode(message.value()), 1, Integer::sum);
    }
    Map<String, byte[]> written = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> message : job.input()) {
      written.put(
          message.topic() + "/" + message.partition() + "/" + message.offset(), message.value());
    }
    Map<String, Integer> got = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> letter : job.deadLetters()) {
      got.merge(
          header(letter, DeadLetters.REASON) + Arrays.hashCode(letter.value()), 1, Integer::sum);
      String origin =
          header(letter, DeadLetters.TOPIC)
              + "/"
              + header(letter, DeadLetters.PARTITION)
              + "/"
              + header(letter, DeadLetters.OFFSET);
      assertThat(written).containsKey(origin);
      assertThat(letter.value()).as(origin).isEqualTo(written.get(origin));
      assertThat(header(letter, DeadLetters.DETAIL)).isNotBlank().doesNotContain("\n");
    }
    assertThat(got).isEqualTo(wanted);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}
