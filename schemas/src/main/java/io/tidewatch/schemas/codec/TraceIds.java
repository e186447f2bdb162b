package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The field {@code trace_ids}: of slow requests behind the values of a message. */
final class TraceIds {
  static final String FIELD = "trace_ids";

  /** More than a person opens. */
  static final int MAX = 16;

  private TraceIds() {}

  /** At most {@value #MAX}; null is none. */
  static List<String> read(JsonParser parser, TextRule rule) throws IOException, Refusal {
    if (JsonValues.isNull(parser)) {
      return List.of();
    }
    JsonValues.require(parser, JsonToken.START_ARRAY, "an array");
    List<String> found = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (found.size() == MAX) {
        throw Refusal.tooManyEntries(FIELD, MAX);
      }
      found.add(JsonValues.text(parser, rule));
    }
    return List.copyOf(found);
  }

  static void write(JsonGenerator json, List<String> traceIds) throws IOException {
    json.writeArrayFieldStart(FIELD);
    for (String traceId : traceIds) {
      json.writeString(traceId);
    }
    json.writeEndArray();
  }

  /** The field is absent where no trace is known. */
  static void writeKnown(JsonGenerator json, List<String> traceIds) throws IOException {
    if (!traceIds.isEmpty()) {
      write(json, traceIds);
    }
  }
}
