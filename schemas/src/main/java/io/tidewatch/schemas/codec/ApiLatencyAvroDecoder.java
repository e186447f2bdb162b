package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.codec.ReaderField.Shape;
import io.tidewatch.schemas.event.ApiLatency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Request latency as Avro, {@code avro/api-latency.v1.avsc}, in the frame that {@link AvroMessage}
 * describes. Writers may have other schemas, as far as Avro resolves them: fields in another order
 * and further fields, which are skipped; no {@code trace_id}; {@code int} for {@code long}, and so
 * on. The rules of each field are those of {@link ApiLatencyCodec}; null for a required field is
 * refused as missing, {@code NaN} as out of range.
 *
 * <p>Not for several threads.
 */
public final class ApiLatencyAvroDecoder implements MessageDecoder<ApiLatency> {
  private static final long serialVersionUID = 1;

  private static final int SERVICE = 0;
  private static final int ENDPOINT = 1;
  private static final int METHOD = 2;
  private static final int STATUS = 3;
  private static final int DURATION_MS = 4;
  private static final int EVENT_TIME_MS = 5;
  private static final int TRACE_ID = 6;

  private static final List<ReaderField> FIELDS =
      List.of(
          ReaderField.required("service", Shape.TEXT),
          ReaderField.required("endpoint", Shape.TEXT),
          ReaderField.required("method", Shape.TEXT),
          ReaderField.required("status", Shape.INT),
          ReaderField.required("duration_ms", Shape.DOUBLE),
          ReaderField.requiredTimeMs("event_time_ms"),
          ReaderField.optional("trace_id", Shape.OPTIONAL_TEXT));

  private final AvroMessage message;

  /**
   * @param schemas what the messages were written with
   * @param maxBytes greatest size of a message in bytes, at least 1
   */
  public ApiLatencyAvroDecoder(WriterSchemas schemas, int maxBytes) {
    this.message = new AvroMessage(schemas, maxBytes, () -> FIELDS);
  }

  /**
   * @throws IllegalArgumentException when no message of that schema could be read
   */
  public static void requireReadable(String schema) {
    AvroMessage.requireReadable(schema, FIELDS);
  }

  @Override
  public Decoded<ApiLatency> decode(byte @Nullable [] bytes) {
    return message.decode(bytes, ApiLatencyAvroDecoder::read);
  }

  private static ApiLatency read(AvroCursor in, WriterRecord writer) throws Refusal {
    // The required ones are fields of each schema that is read.
    String service = "";
    String endpoint = "";
    String method = "";
    int status = 0;
    double durationMs = 0;
    long eventTimeMs = 0;
    String traceId = null;
    for (WriterRecord.Field field : writer.fields()) {
      WriterType type = field.type();
      switch (field.index()) {
        case SERVICE ->
            service = AvroValues.repeatedText(in, type, "service", ApiLatencyCodec.SERVICE_RULE);
        case ENDPOINT ->
            endpoint = AvroValues.repeatedText(in, type, "endpoint", ApiLatencyCodec.ENDPOINT_RULE);
        case METHOD ->
            method =
                ApiLatencyCodec.checkedMethod(
                    AvroValues.repeatedText(in, type, "method", ApiLatencyCodec.METHOD_RULE));
        case STATUS ->
            status =
                (int)
                    AvroValues.integer(
                        in, type, "status", ApiLatencyCodec.MIN_STATUS, ApiLatencyCodec.MAX_STATUS);
        case DURATION_MS -> durationMs = AvroValues.number(in, type, "duration_ms", 0);
        case EVENT_TIME_MS ->
            eventTimeMs =
                AvroValues.integer(in, type, "event_time_ms", Long.MIN_VALUE, Long.MAX_VALUE);
        case TRACE_ID ->
            traceId = AvroValues.optionalText(in, type, "trace_id", ApiLatencyCodec.TRACE_ID_RULE);
        default -> in.skip(type);
      }
    }
    return new ApiLatency(service, endpoint, method, status, durationMs, eventTimeMs, traceId);
  }
}
