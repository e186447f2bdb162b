package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Messages written by Avro's own library. */
final class AvroSamples {
  static final int ID = 7;
  static final int MAX_BYTES = 1 << 20;
  static final Schema LATENCY = new Schema.Parser().parse(ApiLatencyAvroEncoder.schema());
  static final Schema TELEMETRY = new Schema.Parser().parse(TelemetryAvroEncoder.schema());

  private AvroSamples() {}

  static ApiLatencyAvroDecoder latencyDecoder(Schema writer) {
    return latencyDecoder(writer.toString());
  }

  static ApiLatencyAvroDecoder latencyDecoder(String writer) {
    return new ApiLatencyAvroDecoder(WriterSchemas.of(Map.of(ID, writer)), MAX_BYTES);
  }

  static TelemetryAvroDecoder telemetryDecoder(Schema writer) {
    return telemetryDecoder(writer.toString());
  }

  static TelemetryAvroDecoder telemetryDecoder(String writer) {
    return new TelemetryAvroDecoder(
        WriterSchemas.of(Map.of(ID, writer)), Samples.MODELS, MAX_BYTES);
  }

  static GenericRecord generic(ApiLatency latency) {
    GenericRecord datum = new GenericData.Record(LATENCY);
    datum.put("service", latency.service());
    datum.put("endpoint", latency.endpoint());
    datum.put("method", latency.method());
    datum.put("status", latency.status());
    datum.put("duration_ms", latency.durationMs());
    datum.put("event_time_ms", latency.eventTimeMs());
    datum.put("trace_id", latency.traceId());
    return datum;
  }

  /** Missing values as null. */
  static GenericRecord generic(DeviceTelemetry telemetry) {
    Map<String, Double> fields = new HashMap<>();
    var names = Samples.MODELS.get(telemetry.model()).fields();
    for (int i = 0; i < names.size(); i++) {
      double value = telemetry.values()[i];
      fields.put(names.get(i).name(), Double.isNaN(value) ? null : value);
    }
    GenericRecord datum = new GenericData.Record(TELEMETRY);
    datum.put("model", telemetry.model());
    datum.put("device_id", telemetry.deviceId());
    datum.put("event_time_ms", telemetry.eventTimeMs());
    datum.put("fields", fields);
    datum.put("tags", telemetry.tags());
    datum.put("label", telemetry.label());
    return datum;
  }

  /** In the frame, under {@link #ID}. */
  static byte[] message(GenericRecord datum) {
    return framed(ID, body(datum));
  }

  static byte[] body(GenericRecord datum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(datum.getSchema()).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] framed(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }
}
