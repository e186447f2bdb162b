package io.tidewatch.jobs.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Texts of columns of JSON. */
final class JsonColumn {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private JsonColumn() {}

  /** What stands in a column. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.toString();
  }

  /** An object with a number for each name, in the order of the names. */
  static String ofNumbers(Map<String, Double> numbers) {
    return of(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, Double> number : new TreeMap<>(numbers).entrySet()) {
            json.writeNumberField(number.getKey(), number.getValue());
          }
          json.writeEndObject();
        });
  }
}
