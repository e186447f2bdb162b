package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.ok;
import static io.tidewatch.schemas.codec.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/** Writers with other schemas than ours: read as Avro's own reader reads them, or refused. */
class AvroEvolutionTest {
  private static final String STATUS = "{\"name\":\"status\",\"type\":\"int\"}";
  private static final String DURATION = "{\"name\":\"duration_ms\",\"type\":\"double\"}";
  private static final String TIME = "{\"name\":\"event_time_ms\",\"type\":\"long\"}";

  @Test
  void readsFieldsInAnotherOrderAndSkipsFurtherOnesOfEachType() throws IOException {
    Schema writer =
        record(
            field("x_null", "\"null\""),
            TIME,
            field("x_bytes", "\"bytes\""),
            field("x_list", "{\"type\":\"array\",\"items\":[\"null\",\"float\",\"boolean\"]}"),
            field("x_nulls", "{\"type\":\"array\",\"items\":\"null\"}"),
            DURATION,
            field("x_map", "{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":\"int\"}}"),
            field("x_enum", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}"),
            field("x_fixed", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}"),
            STATUS,
            field(
                "x_node",
                "{\"type\":\"record\",\"name\":\"Node\",\"fields\":["
                    + "{\"name\":\"of\",\"type\":\"double\"},"
                    + "{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}"),
            field("method", "\"string\""),
            field("endpoint", "\"bytes\""),
            field("service", "\"string\""));
    GenericRecord datum = required(writer);
    datum.put("x_bytes", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    datum.put("x_list", Arrays.asList(null, 1.5f, true));
    datum.put("x_nulls", Arrays.asList(null, null));
    datum.put("x_map", Map.of("a", List.of(1, 2), "b", List.of()));
    datum.put("x_enum", new GenericData.EnumSymbol(writer.getField("x_enum").schema(), "B"));
    datum.put(
        "x_fixed",
        new GenericData.Fixed(writer.getField("x_fixed").schema(), new byte[] {7, 8, 9}));
    Schema node = writer.getField("x_node").schema();
    GenericRecord inner = new GenericData.Record(node);
    inner.put("of", 2.0);
    GenericRecord outer = new GenericData.Record(node);
    outer.put("of", 1.0);
    outer.put("next", inner);
    datum.put("x_node", outer);
    datum.put("endpoint", ByteBuffer.wrap(Samples.bytes("/x")));
    assertReadAsAvroReadsIt(writer, datum);
  }

  @Test
  void readsNarrowerNumbersAndWhatHasDefaults() throws IOException {
    Schema writer =
        record(
            field("service", "\"string\""),
            field("endpoint", "[\"string\",\"bytes\"]"),
            field("method", "\"string\""),
            STATUS,
            field("duration_ms", "\"float\""),
            field("event_time_ms", "\"int\""));
    GenericRecord datum = required(writer);
    datum.put("duration_ms", 0.1f);
    datum.put("event_time_ms", Integer.MIN_VALUE);
    assertReadAsAvroReadsIt(writer, datum);
    assertThat(ok(AvroSamples.latencyDecoder(writer).decode(AvroSamples.message(datum))).traceId())
        .isNull();
  }

  @Test
  void readsTelemetryWithItsFieldsBeforeItsModelAndOtherNumbers() {
    Schema writer =
        schema(
            "{\"type\":\"record\",\"name\":\"Reading\",\"fields\":["
                + field("fields", "{\"type\":\"map\",\"values\":[\"long\",\"null\",\"float\"]}")
                + ","
                + field("model", "\"string\"")
                + ","
                + field("device_id", "[\"null\",\"string\"]")
                + ","
                + TIME
                + "]}");
    Map<String, Object> fields = new HashMap<>();
    fields.put("disk_percent", 3L);
    fields.put("cpu_percent", 0.5f);
    fields.put("memory_percent", null);
    GenericRecord datum = new GenericData.Record(writer);
    datum.put("fields", fields);
    datum.put("model", "host");
    datum.put("device_id", "web-1");
    datum.put("event_time_ms", 5L);
    assertThat(ok(AvroSamples.telemetryDecoder(writer).decode(AvroSamples.message(datum))))
        .isEqualTo(
            new DeviceTelemetry(
                "host", "web-1", 5, new double[] {0.5, Double.NaN, 3}, Map.of(), null));
    datum.put("device_id", null);
    refused(
        AvroSamples.telemetryDecoder(writer).decode(AvroSamples.message(datum)),
        RejectReason.MISSING_FIELD);
  }

  @Test
  void namesOfClassesInASchemaMeanNothing() throws IOException {
    Schema writer =
        record(
            field("service", "{\"type\":\"string\",\"java-class\":\"javax.script.Evil\"}"),
            field(
                "x",
                "{\"type\":\"string\",\"java-class\":\"java.net.URL\",\"java-key-class\":\"java.io.File\"}"),
            field("endpoint", "\"string\""),
            field("method", "{\"type\":\"string\",\"avro.java.string\":\"String\"}"),
            STATUS,
            DURATION,
            TIME);
    GenericRecord datum = required(writer);
    datum.put("x", "http://127.0.0.1:1/");
    assertReadAsAvroReadsIt(writer, datum);
  }

  @Test
  void valuesThatOnlyTheWriterAllowsAreRefusedMessageByMessage() {
    Schema writer =
        record(
            field("service", "[\"null\",\"string\",\"long\"]"),
            field("endpoint", "\"string\""),
            field("method", "\"string\""),
            field("status", "[\"null\",\"int\",\"boolean\"]"),
            field("duration_ms", "[\"null\",\"double\",\"string\"]"),
            TIME);
    for (String name : List.of("service", "status", "duration_ms")) {
      GenericRecord datum = required(writer);
      datum.put(name, null);
      assertThat(refusal(writer, datum, RejectReason.MISSING_FIELD))
          .isEqualTo(name + ": must be present, was null");
    }
    GenericRecord datum = required(writer);
    datum.put("service", 1L);
    assertThat(refusal(writer, datum, RejectReason.WRONG_TYPE)).endsWith("was long");
    datum = required(writer);
    datum.put("status", true);
    assertThat(refusal(writer, datum, RejectReason.WRONG_TYPE))
        .isEqualTo("status: must be an integer, was boolean");
    datum = required(writer);
    datum.put("duration_ms", "12");
    assertThat(refusal(writer, datum, RejectReason.WRONG_TYPE))
        .isEqualTo("duration_ms: must be a number, was string");
  }

  @Test
  void schemasThatCannotBeReadAreRefusedWithWhatIsWrong() {
    assertIncompatible("{", "must be an Avro schema, was none: not JSON");
    assertIncompatible("\"\"", "must be an Avro schema, was none that can be parsed");
    assertIncompatible("\"string\"", "must be a record, was string");
    assertIncompatible("[".repeat(5_000), "must be an Avro schema, was none: ");
    assertIncompatible(
        " ".repeat(WriterRecord.MAX_SCHEMA_CHARS) + "{}", "must be ≤ 262144 chars, was 262146");
    assertIncompatible(with("status", null), "must have the field status, had none");
    assertIncompatible(with("status", "\"long\""), "status must be read as int, was long");
    assertIncompatible(with("service", "\"int\""), "service must be read as text, was int");
    assertIncompatible(
        with("method", "{\"type\":\"enum\",\"name\":\"M\",\"symbols\":[\"GET\"]}"),
        "method must be read as text, was enum");
    assertIncompatible(with("trace_id", "[\"null\",\"int\"]"), null); // null is what it may well be
    assertIncompatible(
        with("event_time_ms", "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}"),
        "event_time_ms must be timestamp-millis, was 'timestamp-micros'");
    assertIncompatible(
        with("duration_ms", "[\"null\",{\"type\":\"int\",\"logicalType\":\"time-millis\"}]"),
        "duration_ms must have no logical type, was 'time-millis'");
    String telemetry =
        AvroSamples.TELEMETRY.toString().replace("[\"null\",\"double\"]", "\"string\"");
    assertThatThrownBy(() -> TelemetryAvroDecoder.requireReadable(telemetry))
        .hasMessage(
            "schema of the message: fields must be read as map of optional doubles, was map");
    TelemetryAvroDecoder.requireReadable(AvroSamples.TELEMETRY.toString());
  }

  private static void assertIncompatible(String schema, String detail) {
    byte[] message = AvroSamples.message(AvroSamples.generic(Samples.latency()));
    if (detail == null) {
      ApiLatencyAvroDecoder.requireReadable(schema);
      return;
    }
    MessageDecoder<ApiLatency> decoder = AvroSamples.latencyDecoder(schema);
    for (int i = 0; i < 2; i++) {
      assertThat(refused(decoder.decode(message), RejectReason.INCOMPATIBLE_SCHEMA))
          .startsWith("schema of the message: " + detail);
    }
    assertThatThrownBy(() -> ApiLatencyAvroDecoder.requireReadable(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(detail);
  }

  private static String refusal(Schema writer, GenericRecord datum, RejectReason reason) {
    return refused(AvroSamples.latencyDecoder(writer).decode(AvroSamples.message(datum)), reason);
  }

  /** What Avro's own reader makes of it with our schema is what the decoder makes of it. */
  private static void assertReadAsAvroReadsIt(Schema writer, GenericRecord datum)
      throws IOException {
    GenericRecord read =
        new GenericDatumReader<GenericRecord>(writer, AvroSamples.LATENCY)
            .read(null, DecoderFactory.get().binaryDecoder(AvroSamples.body(datum), null));
    ApiLatency expected =
        new ApiLatency(
            read.get("service").toString(),
            read.get("endpoint").toString(),
            read.get("method").toString(),
            (int) read.get("status"),
            (double) read.get("duration_ms"),
            (long) read.get("event_time_ms"),
            null);
    assertThat(read.get("trace_id")).isNull();
    assertThat(ok(AvroSamples.latencyDecoder(writer).decode(AvroSamples.message(datum))))
        .isEqualTo(expected);
  }

  private static GenericRecord required(Schema writer) {
    GenericRecord datum = new GenericData.Record(writer);
    datum.put("service", "shop");
    datum.put("endpoint", "/x");
    datum.put("method", "GET");
    datum.put("status", 200);
    datum.put("duration_ms", 12.5);
    datum.put("event_time_ms", 1_700_000_000_000L);
    return datum;
  }

  /** Our schema with one field of another type, or without it. */
  private static String with(String name, String type) {
    List<String> fields = new ArrayList<>();
    for (Schema.Field field : AvroSamples.LATENCY.getFields()) {
      if (!field.name().equals(name)) {
        fields.add(field(field.name(), field.schema().toString()));
      } else if (type != null) {
        fields.add(field(name, type));
      }
    }
    return "{\"type\":\"record\",\"name\":\"W\",\"fields\":[" + String.join(",", fields) + "]}";
  }

  private static Schema record(String... fields) {
    return schema(
        "{\"type\":\"record\",\"name\":\"Writer\",\"fields\":[" + String.join(",", fields) + "]}");
  }

  private static Schema schema(String text) {
    return new Schema.Parser().parse(text);
  }

  private static String field(String name, String type) {
    return "{\"name\":\"%s\",\"type\":%s}".formatted(name, type);
  }
}
