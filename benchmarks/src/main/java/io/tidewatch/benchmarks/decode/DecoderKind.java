package io.tidewatch.benchmarks.decode;

import com.alibaba.fastjson2.JSON;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.schemas.codec.ApiLatencyAvroDecoder;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.codec.TelemetryAvroDecoder;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.codec.WriterSchemas;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Decoders side by side. */
public enum DecoderKind {
  TIDEWATCH_JSON("the jobs' decoder: Jackson's parser, every rule of the contract held"),
  JACKSON_STREAMING("Jackson's parser and a switch over the names; no rule held"),
  JACKSON_DATABIND("Jackson mapping to a record; no rule but the types held"),
  FASTJSON2("fastjson2 mapping to a record, its defaults, no auto-type; no rule but types held"),
  TIDEWATCH_AVRO("the jobs' decoder of Avro, the same rules held"),
  AVRO_GENERIC("Avro's own reader to its generic record; no rule but the types held");

  private static final int MAX_BYTES = 1 << 20;

  /** Zero byte and schema id. */
  private static final int HEADER_BYTES = 5;

  private final String what;

  DecoderKind(String what) {
    this.what = what;
  }

  String what() {
    return what;
  }

  MessageFormat format() {
    return this == TIDEWATCH_AVRO || this == AVRO_GENERIC ? MessageFormat.AVRO : MessageFormat.JSON;
  }

  /** The messages as this decoder reads them. */
  byte[][] messages(MessageKind kind) {
    return kind.messages(format());
  }

  MessageReader reader(MessageKind kind) {
    boolean latency = kind == MessageKind.LATENCY;
    return switch (this) {
      case TIDEWATCH_JSON ->
          latency
              ? refusing(new ApiLatencyCodec())
              : refusing(new TelemetryCodec(MessageKind.MODELS));
      case JACKSON_STREAMING -> latency ? PlainStreaming::latency : PlainStreaming::telemetry;
      case JACKSON_DATABIND -> {
        ObjectReader reader =
            JsonMapper.builder(
                    new JsonFactoryBuilder()
                        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                        .build())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .readerFor(latency ? BoundLatency.class : BoundTelemetry.class);
        yield reader::readValue;
      }
      case FASTJSON2 -> {
        Class<?> type = latency ? BoundLatency.class : BoundTelemetry.class;
        yield message -> JSON.parseObject(message, type);
      }
      case TIDEWATCH_AVRO -> {
        WriterSchemas schemas = WriterSchemas.of(Map.of(MessageKind.SCHEMA_ID, kind.schema()));
        yield latency
            ? refusing(new ApiLatencyAvroDecoder(schemas, MAX_BYTES))
            : refusing(new TelemetryAvroDecoder(schemas, MessageKind.MODELS, MAX_BYTES));
      }
      case AVRO_GENERIC -> {
        var reader =
            new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(kind.schema()));
        yield message ->
            reader.read(
                null,
                DecoderFactory.get()
                    .binaryDecoder(message, HEADER_BYTES, message.length - HEADER_BYTES, null));
      }
    };
  }

  /** A refusal is a value; here it is to be seen like that of the others. */
  private static <T> MessageReader refusing(MessageDecoder<T> decoder) {
    return message -> {
      Decoded<T> decoded = decoder.decode(message);
      if (decoded instanceof Decoded.Ok<T> ok) {
        return ok;
      }
      throw new IOException(decoded.toString());
    };
  }
}
