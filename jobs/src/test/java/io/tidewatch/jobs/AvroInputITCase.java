package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.ApiLatencyAvroEncoder;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.MessageEncoder;
import io.tidewatch.schemas.codec.TelemetryAvroEncoder;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.PoisonMessage;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.StandInSchemaRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same records in Avro and in JSON: the same rows, and what is no record in the dead letters.
 */
@ExtendWith(SharedStack.class)
class AvroInputITCase {
  private static final int RECORDS = 2000;
  private static final int ID = 7;
  private static final int OTHER_ID = 8;
  private static final int UNKNOWN_ID = 9;

  /** Records end now, so that the clock guard has no reason to refuse them. */
  private final long startMs = System.currentTimeMillis() - RECORDS * 100L;

  @Test
  void latencyWithARegistryThatComesLate(EmbeddedStack stack) throws Exception {
    List<ApiLatency> records = requests();
    MessageEncoder<ApiLatency> avro = new ApiLatencyAvroEncoder(ID);
    ApiLatency status99 = request("s", 99, startMs);
    List<PoisonMessage> poison = poison(avro.encode(records.get(0)));
    poison.add(new PoisonMessage("status 99", avro.encode(status99), "out_of_range"));
    poison.add(new PoisonMessage("NUL", avro.encode(request("s\0", 200, startMs)), "invalid_text"));
    poison.add(
        new PoisonMessage("seconds", avro.encode(request("s", 200, 1)), "event_time_too_old"));

    try (StandInSchemaRegistry registry = StandInSchemaRegistry.start()) {
      registry.register(ID, ApiLatencyAvroEncoder.schema());
      registry.register(OTHER_ID, TelemetryAvroEncoder.schema());
      registry.failWith(503);
      String window = "window: {size: PT10S, slide: PT1S}\n";
      Path rules = JobUnderTest.shipped("rules/latency.yaml");
      JobUnderTest job =
          JobUnderTest.start(
              stack,
              LatencyJob::build,
              rules,
              window
                  + "input: {format: avro, avro: {schema_registry: '%s'}}"
                      .formatted(registry.url()),
              mixed(records, avro, poison));
      await("asked in vain").atMost(Duration.ofMinutes(1)).until(() -> registry.asked() > 4);
      registry.failWith(0);
      job.awaitRead(RECORDS + poison.size());
      job.drain();
      assertThat(job.restarts()).isZero();
      assertThat(job.late()).isEmpty();
      PoisonITCase.assertDeadLetters(job, poison);

      JobUnderTest json =
          JobUnderTest.start(
              stack,
              LatencyJob::build,
              rules,
              window,
              mixed(records, new ApiLatencyCodec(), List.of()));
      json.awaitRead(RECORDS);
      json.drain();
      assertThat(StoredWindows.latency(job))
          .isNotEmpty()
          .usingRecursiveComparison()
          .isEqualTo(StoredWindows.latency(json));
    }
  }

  @Test
  void telemetryWithSchemasFromFiles(EmbeddedStack stack, @TempDir Path folder) throws Exception {
    TelemetryModels models =
        ModelFiles.load(YamlLoader.ofProcess(), JobUnderTest.shipped("models"));
    List<DeviceTelemetry> records = readings();
    MessageEncoder<DeviceTelemetry> avro = new TelemetryAvroEncoder(models, ID);
    List<PoisonMessage> poison = poison(avro.encode(records.get(0)));
    poison.removeIf(message -> message.reason().equals("incompatible_schema"));
    byte[] unknownModel = avro.encode(records.get(0));
    unknownModel[6] = 'W';
    poison.add(new PoisonMessage("unknown model", unknownModel, "unknown_model"));

    Path schema = Files.writeString(folder.resolve("t.avsc"), TelemetryAvroEncoder.schema());
    String modelFolder = "models: " + JobUnderTest.shipped("models") + "\n";
    Path rules = JobUnderTest.shipped("rules/telemetry.yaml");
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            TelemetryJob::build,
            rules,
            modelFolder + "input: {format: avro, avro: {schemas: {7: '%s'}}}".formatted(schema),
            mixed(records, avro, poison));
    job.awaitRead(RECORDS + poison.size());
    job.drain();
    assertThat(job.restarts()).isZero();
    assertThat(job.late()).isEmpty();
    PoisonITCase.assertDeadLetters(job, poison);

    JobUnderTest json =
        JobUnderTest.start(
            stack,
            TelemetryJob::build,
            rules,
            modelFolder,
            mixed(records, new TelemetryCodec(models), List.of()));
    json.awaitRead(RECORDS);
    json.drain();
    assertThat(StoredWindows.features(job)).isNotEmpty().isEqualTo(StoredWindows.features(json));
  }

  /** What is wrong with any message in Avro. */
  private static List<PoisonMessage> poison(byte[] good) {
    byte[] unknown = good.clone();
    unknown[4] = UNKNOWN_ID;
    byte[] other = good.clone();
    other[4] = OTHER_ID;
    byte[] otherMagic = good.clone();
    otherMagic[0] = 1;
    byte[] hugeText = Arrays.copyOf(good, 10);
    Arrays.fill(hugeText, 5, 9, (byte) 0xFF);
    hugeText[5] = (byte) 0xFE;
    hugeText[9] = 0x0F;
    return new ArrayList<>(
        List.of(
            new PoisonMessage("tombstone", null, "null_value"),
            new PoisonMessage("empty", new byte[0], "empty"),
            new PoisonMessage("10 MB", Arrays.copyOf(good, 10_000_000), "too_large"),
            new PoisonMessage("JSON", "{\"a\":1}".getBytes(UTF_8), "malformed_avro"),
            new PoisonMessage("magic", otherMagic, "malformed_avro"),
            new PoisonMessage("cut", Arrays.copyOf(good, good.length / 2), "malformed_avro"),
            new PoisonMessage("longer", Arrays.copyOf(good, good.length + 1), "malformed_avro"),
            new PoisonMessage("text of 2 GB", hugeText, "malformed_avro"),
            new PoisonMessage("unknown id", unknown, "unknown_schema"),
            new PoisonMessage("another contract", other, "incompatible_schema")));
  }

  private static <T> List<byte[]> mixed(
      List<T> records, MessageEncoder<T> encoder, List<PoisonMessage> poison) {
    List<byte[]> mixed = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      mixed.add(encoder.encode(records.get(i)));
      if (i < poison.size()) {
        mixed.add(poison.get(i).value());
      }
    }
    return mixed;
  }

  private List<ApiLatency> requests() {
    List<ApiLatency> requests = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      requests.add(request("shop-" + i % 3, i % 50 == 0 ? 503 : 200, startMs + i * 100L));
    }
    return requests;
  }

  private static ApiLatency request(String service, int status, long timeMs) {
    return new ApiLatency(service, "/orders/{id}", "GET", status, timeMs % 977 / 7.0, timeMs, null);
  }

  private List<DeviceTelemetry> readings() {
    Random random = new Random(7);
    List<DeviceTelemetry> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
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
}
