package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The frame around each message: its value is exactly one JSON object in UTF-8, a byte order mark
 * before it is skipped. Time and memory are linear in the size of the message.
 *
 * <p>{@code MALFORMED_JSON} is whatever is not that: another encoding, a truncated object, text
 * after it, {@code NaN} or {@code Infinity}, nesting deeper than {@value #MAX_DEPTH}, a name of
 * more than {@value #MAX_NAME_BYTES} bytes, a number of more than {@value #MAX_NUMBER_CHARS}
 * characters.
 */
final class JsonMessage {
  /** The contracts need 2; the rest is room for unknown fields, which are skipped. */
  static final int MAX_DEPTH = 16;

  /** 256 characters, the longest name of a contract, are at most 1,024 bytes. */
  static final int MAX_NAME_BYTES = 1_024;

  /** More than any double needs to be exact (767 digits), short enough to parse quickly. */
  static final int MAX_NUMBER_CHARS = 1_000;

  /** Beyond every text of a contract; a longer one is not even built. */
  static final int MAX_TEXT_CHARS = 16_384;

  /** A strange token that stands in a detail still shows what it is. */
  private static final int MAX_TOKEN_CHARS = 32;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME_BYTES)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(MAX_TEXT_CHARS)
                  .build())
          .errorReportConfiguration(
              ErrorReportConfiguration.builder()
                  .maxErrorTokenLength(MAX_TOKEN_CHARS)
                  .maxRawContentLength(0)
                  .build())
          // Names come from outside: interning them would fill a table of the whole JVM.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private JsonMessage() {}

  /** Reads the record of one object; the parser stands at its {@code START_OBJECT}. */
  @FunctionalInterface
  interface Body<T> {
    T read(JsonParser parser, byte[] bytes) throws IOException, Refusal;
  }

  /** Writes the fields of one object, without its braces. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static <T> Decoded<T> decode(byte @Nullable [] bytes, int maxBytes, Body<T> body) {
    try {
      byte[] admitted = admit(bytes, maxBytes);
      try (JsonParser parser = open(admitted)) {
        T value = body.read(parser, admitted);
        if (parser.nextToken() != null) {
          throw malformed("value: must end after the object, was followed by more");
        }
        return new Decoded.Ok<>(value);
      }
    } catch (Refusal refusal) {
      return refusal.decoded();
    } catch (JsonProcessingException e) {
      return malformed(e.getOriginalMessage() + place(e.getLocation())).decoded();
    } catch (IOException | RuntimeException e) {
      // A fault of the parser, not of the text; one message must not stop the stream for it.
      return malformed("value: cannot be parsed: " + e).decoded();
    }
  }

  /** A parser at the {@code START_OBJECT} of an admitted message. */
  static JsonParser open(byte[] admitted) throws IOException, Refusal {
    JsonParser parser = JSON.createParser(admitted);
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw malformed("value: must be a JSON object, was blank");
    }
    if (first != JsonToken.START_OBJECT) {
      throw new Refusal(
          RejectReason.WRONG_TYPE, "value: must be an object, was " + JsonValues.nameOf(first));
    }
    return parser;
  }

  static byte[] encode(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** A constant as it stands in messages. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Writes an object of texts by key, so that equal maps have equal bytes. */
  static void writeTexts(JsonGenerator json, String name, Map<String, String> texts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  /**
   * @throws IllegalArgumentException when JSON has no such number
   */
  static double finite(double value, String field) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(field + ": must be finite, was " + value);
    }
    return value;
  }

  private static byte[] admit(byte @Nullable [] value, int maxBytes) throws Refusal {
    byte[] bytes = AdmittedBytes.of(value, maxBytes, "a JSON object");
    // Jackson would read UTF-16 and UTF-32; both show a zero byte or a mark that is not UTF-8.
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      if (bytes[i] == 0) {
        throw malformed("value: must be UTF-8, was another encoding or binary: 0x00 at byte " + i);
      }
    }
    int invalid = Utf8.firstInvalid(bytes);
    if (invalid >= 0) {
      throw malformed(
          "value: must be UTF-8, was 0x%02X at byte %d".formatted(bytes[invalid], invalid));
    }
    return bytes;
  }

  private static Refusal malformed(String detail) {
    return new Refusal(RejectReason.MALFORMED_JSON, detail);
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null ? "" : " (byte " + location.getByteOffset() + ")";
  }
}
