package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.ok;
import static io.tidewatch.schemas.codec.Samples.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Messages in Avro that nobody wrote in good faith, or that say what they may not. */
class AvroHostileInputTest {
  private final MessageDecoder<ApiLatency> latency =
      AvroSamples.latencyDecoder(AvroSamples.LATENCY);
  private final MessageDecoder<DeviceTelemetry> telemetry =
      AvroSamples.telemetryDecoder(AvroSamples.TELEMETRY);

  /** Writes the body of a message by hand. */
  @FunctionalInterface
  private interface Body {
    void write(BinaryEncoder avro) throws IOException;
  }

  @Test
  void rejectsWhatIsNotInTheWireFormat() {
    assertThat(refused(latency.decode(null), RejectReason.NULL_VALUE))
        .isEqualTo("value: must be an Avro message, was null");
    refused(latency.decode(new byte[0]), RejectReason.EMPTY);
    refused(latency.decode(new byte[AvroSamples.MAX_BYTES + 1]), RejectReason.TOO_LARGE);
    assertThat(
            refused(
                latency.decode(Samples.bytes(Samples.LATENCY_JSON)), RejectReason.MALFORMED_AVRO))
        .isEqualTo("value: must begin with 0x00 and a schema id, began with 0x7B");
    assertThat(refused(latency.decode(new byte[4]), RejectReason.MALFORMED_AVRO))
        .isEqualTo("value: must begin with 0x00 and four bytes of schema id, had 4");
    byte[] good = AvroSamples.message(AvroSamples.generic(Samples.latency()));
    byte[] longer = Arrays.copyOf(good, good.length + 2);
    assertThat(refused(latency.decode(longer), RejectReason.MALFORMED_AVRO))
        .isEqualTo("value: must end with the record, was followed by 2 bytes");
  }

  @Test
  void rejectsAnIdNobodyKnowsAndAsksAgainForTheNextMessage() {
    AtomicInteger asked = new AtomicInteger();
    Map<Integer, String> schemas = new HashMap<>();
    MessageDecoder<ApiLatency> decoder =
        new ApiLatencyAvroDecoder(
            id -> {
              asked.incrementAndGet();
              return schemas.get(id);
            },
            AvroSamples.MAX_BYTES);
    byte[] message = new ApiLatencyAvroEncoder(9).encode(Samples.latency());
    assertThat(refused(decoder.decode(message), RejectReason.UNKNOWN_SCHEMA))
        .isEqualTo("schema of the message: must be a known id, was 9");
    schemas.put(9, AvroSamples.LATENCY.toString());
    ok(decoder.decode(message));
    ok(decoder.decode(message));
    assertThat(asked).hasValue(2);
    refused(
        decoder.decode(new ApiLatencyAvroEncoder(-1).encode(Samples.latency())),
        RejectReason.UNKNOWN_SCHEMA);
    assertThat(asked).hasValue(2);
  }

  @Test
  void keepsNoMoreSchemasThanItMay() {
    AtomicInteger asked = new AtomicInteger();
    MessageDecoder<ApiLatency> decoder =
        new ApiLatencyAvroDecoder(
            id -> {
              asked.incrementAndGet();
              return AvroSamples.LATENCY.toString();
            },
            AvroSamples.MAX_BYTES);
    for (int id = 0; id <= WriterRecords.MOST; id++) {
      ok(decoder.decode(new ApiLatencyAvroEncoder(id).encode(Samples.latency())));
    }
    ok(decoder.decode(new ApiLatencyAvroEncoder(0).encode(Samples.latency())));
    assertThat(asked).hasValue(WriterRecords.MOST + 2);
  }

  @Test
  void rejectsLengthsThatAreNotThereWithoutMakingRoomForThem() {
    for (long length : new long[] {-1, 100, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
      refused(latency.decode(body(avro -> avro.writeLong(length))), RejectReason.MALFORMED_AVRO);
      refused(
          telemetry.decode(telemetryWithFields(avro -> avro.writeLong(length))),
          RejectReason.MALFORMED_AVRO);
    }
    byte[] endless = new byte[30];
    Arrays.fill(endless, (byte) 0xFF);
    assertThat(
            refused(
                latency.decode(AvroSamples.framed(AvroSamples.ID, endless)),
                RejectReason.MALFORMED_AVRO))
        .contains("64 bits");
  }

  @Test
  void unknownFieldsCostNoMoreThanTheirBytes() {
    String head = "{\"type\":\"record\",\"name\":\"W\",\"fields\":[{\"name\":\"x\",\"type\":";
    String tail = "}," + AvroSamples.LATENCY.toString().split("\"fields\":\\[", 2)[1];
    byte[] good = AvroSamples.body(AvroSamples.generic(Samples.latency()));

    var nulls = AvroSamples.latencyDecoder(head + "{\"type\":\"array\",\"items\":\"null\"}" + tail);
    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () ->
            ok(
                nulls.decode(
                    body(
                        avro -> {
                          avro.writeLong(Long.MAX_VALUE);
                          avro.writeLong(0);
                          avro.writeFixed(good);
                        }))));

    var list =
        AvroSamples.latencyDecoder(
            head
                + "{\"type\":\"record\",\"name\":\"L\",\"fields\":"
                + "[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}"
                + tail);
    ok(list.decode(nested(AvroCursor.MAX_DEPTH, good)));
    assertThat(refused(list.decode(nested(17, good)), RejectReason.MALFORMED_AVRO))
        .isEqualTo("value: must not be nested deeper than 16 levels, was");
    refused(list.decode(nested(500_000, good)), RejectReason.MALFORMED_AVRO);

    var itself =
        AvroSamples.latencyDecoder(
            head
                + "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"l\",\"type\":\"L\"}]}"
                + tail);
    refused(itself.decode(AvroSamples.framed(AvroSamples.ID, good)), RejectReason.MALFORMED_AVRO);
  }

  @Test
  void skipsBlocksThatTellTheirSize() {
    String writer =
        "{\"type\":\"record\",\"name\":\"W\",\"fields\":[{\"name\":\"x\","
            + "\"type\":{\"type\":\"map\",\"values\":\"int\"}},"
            + AvroSamples.LATENCY.toString().split("\"fields\":\\[", 2)[1];
    byte[] good = AvroSamples.body(AvroSamples.generic(Samples.latency()));
    ok(
        AvroSamples.latencyDecoder(writer)
            .decode(
                body(
                    avro -> {
                      avro.writeLong(-1);
                      avro.writeLong(3);
                      avro.writeString("a");
                      avro.writeInt(1);
                      avro.writeLong(0);
                      avro.writeFixed(good);
                    })));
    DeviceTelemetry reading =
        ok(
            telemetry.decode(
                telemetryWithFields(
                    avro -> {
                      avro.writeLong(-1);
                      avro.writeLong(21);
                      entry(avro, "cpu_percent", 1);
                      avro.writeLong(1);
                      entry(avro, "disk_percent", 2);
                      avro.writeLong(0);
                      avro.writeLong(0);
                      avro.writeIndex(0);
                    })));
    assertThat(reading.values()).containsExactly(1, Double.NaN, 2);
  }

  @Test
  void rejectsNamesAndNumbersAsJsonDoes() {
    assertRefused(RejectReason.INVALID_TEXT, "service", "");
    assertRefused(RejectReason.INVALID_TEXT, "service", "s\u0000");
    assertRefused(RejectReason.INVALID_TEXT, "endpoint", "x".repeat(257));
    assertRefused(RejectReason.INVALID_TEXT, "endpoint", "x".repeat(100_000));
    assertRefused(RejectReason.INVALID_TEXT, "method", "get");
    assertRefused(RejectReason.INVALID_TEXT, "trace_id", "");
    assertRefused(RejectReason.OUT_OF_RANGE, "status", 99);
    assertRefused(RejectReason.OUT_OF_RANGE, "status", 600);
    assertRefused(RejectReason.OUT_OF_RANGE, "duration_ms", -0.1);
    assertRefused(RejectReason.OUT_OF_RANGE, "duration_ms", Double.NaN);
    assertRefused(RejectReason.OUT_OF_RANGE, "duration_ms", Double.POSITIVE_INFINITY);
    assertThat(
            refused(
                latency.decode(
                    body(
                        avro -> {
                          avro.writeString("s");
                          avro.writeBytes(new byte[] {(byte) 0xC0, (byte) 0x80});
                        })),
                RejectReason.MALFORMED_AVRO))
        .isEqualTo("endpoint: must be UTF-8, was 0xC0 at byte 8");
  }

  @Test
  void rejectsTelemetryAsJsonDoes() {
    GenericRecord unknown = AvroSamples.generic(Samples.telemetry());
    unknown.put("model", "toaster");
    refused(telemetry.decode(AvroSamples.message(unknown)), RejectReason.UNKNOWN_MODEL);
    assertThat(refused(telemetry.decode(fields("host", "volts", 1)), RejectReason.UNKNOWN_FIELD))
        .isEqualTo("fields.volts: must be a field of model host, was none");
    assertThat(ok(telemetry.decode(fields("lenient", "else", 1))).values())
        .containsOnly(Double.NaN);
    assertThat(
            refused(
                telemetry.decode(fields("host", "cpu_percent", Double.NaN)),
                RejectReason.OUT_OF_RANGE))
        .isEqualTo("fields.cpu_percent: must be a number within ±1.8e308, was 'NaN'");
    refused(
        telemetry.decode(fields("host", "cpu_percent", Double.NEGATIVE_INFINITY)),
        RejectReason.OUT_OF_RANGE);
    assertThat(
            refused(
                telemetry.decode(
                    telemetryWithFields(
                        avro -> {
                          avro.writeLong(2);
                          entry(avro, "cpu_percent", 1);
                          entry(avro, "cpu_percent", 1);
                        })),
                RejectReason.DUPLICATE_FIELD))
        .startsWith("fields.cpu_percent: ");
    refused(
        telemetry.decode(
            telemetryWithFields(
                avro -> {
                  avro.writeLong(1);
                  avro.writeBytes(new byte[] {(byte) 0xFF});
                  avro.writeIndex(0);
                })),
        RejectReason.MALFORMED_AVRO);
    refused(
        telemetry.decode(
            telemetryWithFields(
                avro -> {
                  avro.writeLong(1);
                  avro.writeString("cpu_percent");
                  avro.writeIndex(2);
                })),
        RejectReason.MALFORMED_AVRO);
  }

  @Test
  void rejectsTagsAsJsonDoes() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i <= TelemetryCodec.MAX_TAGS; i++) {
      many.put("k" + i, "v");
    }
    assertThat(refusedTags(many, RejectReason.INVALID_TEXT))
        .endsWith("must come after at most 63 others");
    assertThat(refusedTags(Map.of("", "v"), RejectReason.INVALID_TEXT)).startsWith("name in tags");
    assertThat(refusedTags(Map.of("k", "v\n"), RejectReason.INVALID_TEXT)).startsWith("tags.k");
    refused(
        telemetry.decode(
            telemetryWithFields(
                avro -> {
                  avro.writeLong(0);
                  avro.writeLong(2);
                  avro.writeString("k");
                  avro.writeString("v");
                  avro.writeString("k");
                  avro.writeString("v");
                })),
        RejectReason.DUPLICATE_FIELD);
  }

  private String refusedTags(Map<String, String> tags, RejectReason reason) {
    GenericRecord datum = AvroSamples.generic(Samples.telemetry());
    datum.put("tags", tags);
    return refused(telemetry.decode(AvroSamples.message(datum)), reason);
  }

  private void assertRefused(RejectReason reason, String field, Object value) {
    GenericRecord datum = AvroSamples.generic(Samples.latency());
    datum.put(field, value);
    assertThat(refused(latency.decode(AvroSamples.message(datum)), reason))
        .startsWith(field + ": ");
  }

  private static byte[] fields(String model, String name, double value) {
    GenericRecord datum = AvroSamples.generic(Samples.telemetry());
    datum.put("model", model);
    datum.put("fields", Map.of(name, value));
    return AvroSamples.message(datum);
  }

  private static byte[] nested(int depth, byte[] tail) {
    return body(
        avro -> {
          for (int i = 1; i < depth; i++) {
            avro.writeIndex(1);
          }
          avro.writeIndex(0);
          avro.writeFixed(tail);
        });
  }

  private static byte[] telemetryWithFields(Body fields) {
    return body(
        avro -> {
          avro.writeString("host");
          avro.writeString("d");
          avro.writeLong(1);
          fields.write(avro);
        });
  }

  private static void entry(BinaryEncoder avro, String name, double value) throws IOException {
    avro.writeBytes(name.getBytes(UTF_8));
    avro.writeIndex(1);
    avro.writeDouble(value);
  }

  private static byte[] body(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(bytes, null);
      body.write(avro);
      avro.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return AvroSamples.framed(AvroSamples.ID, bytes.toByteArray());
  }
}
