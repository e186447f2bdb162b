package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.event.ApiLatency;

/** Request latency as Avro of our own schema, {@code avro/api-latency.v1.avsc}. */
public final class ApiLatencyAvroEncoder implements MessageEncoder<ApiLatency> {
  private static final long serialVersionUID = 1;

  private final int schemaId;

  /**
   * @param schemaId under which the readers find that schema
   */
  public ApiLatencyAvroEncoder(int schemaId) {
    this.schemaId = schemaId;
  }

  /** The schema of its messages as JSON, for a registry or a file. */
  public static String schema() {
    return AvroBytes.schema("api-latency.v1.avsc");
  }

  @Override
  public byte[] encode(ApiLatency latency) {
    return AvroBytes.of(
        schemaId,
        avro -> {
          avro.writeString(latency.service());
          avro.writeString(latency.endpoint());
          avro.writeString(latency.method());
          avro.writeInt(latency.status());
          avro.writeDouble(JsonMessage.finite(latency.durationMs(), "duration_ms"));
          avro.writeLong(latency.eventTimeMs());
          AvroBytes.writeOptional(avro, latency.traceId());
        });
  }
}
