package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.schemas.dataset.FeatureMatrix;
import io.tidewatch.schemas.dataset.LabelledVector;
import java.io.IOException;
import java.time.Instant;
import java.util.function.ToLongFunction;

/**
 * Windows and their features as JSON, {@code json/feature-matrix.v1.schema.json}: all fields in the
 * order of the schema. A value that is missing or not finite is null; the others are written with
 * the digits that give them back bit for bit.
 */
public final class FeatureMatrixEncoder implements MessageEncoder<FeatureMatrix> {
  private static final long serialVersionUID = 1;

  /** The only one so far. */
  static final int FORMAT = 1;

  @Override
  public byte[] encode(FeatureMatrix matrix) {
    return JsonMessage.encode(
        json -> {
          json.writeNumberField("format", FORMAT);
          json.writeStringField("model", matrix.metadata().model().name());
          DatasetMembers.writeTexts(json, "feature_names", matrix.names());
          writeFeatures(json, matrix);
          writeTimes(json, "timestamps", matrix, row -> row.vector().windowEndMs());
          writeTimes(json, "window_starts", matrix, row -> row.vector().windowStartMs());
          DatasetMembers.writeTexts(
              json, "devices", matrix.rows().stream().map(row -> row.vector().deviceId()).toList());
          writeLabels(json, matrix);
          DatasetMembers.writeMetadata(json, matrix.metadata());
        });
  }

  private static void writeFeatures(JsonGenerator json, FeatureMatrix matrix) throws IOException {
    json.writeArrayFieldStart("features");
    for (LabelledVector row : matrix.rows()) {
      json.writeStartArray();
      for (double value : row.vector().features()) {
        DatasetMembers.writeNumber(json, value);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void writeTimes(
      JsonGenerator json, String name, FeatureMatrix matrix, ToLongFunction<LabelledVector> timeMs)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (LabelledVector row : matrix.rows()) {
      json.writeString(Instant.ofEpochMilli(timeMs.applyAsLong(row)).toString());
    }
    json.writeEndArray();
  }

  private static void writeLabels(JsonGenerator json, FeatureMatrix matrix) throws IOException {
    if (matrix.metadata().label() == null) {
      json.writeNullField("labels");
      return;
    }
    json.writeArrayFieldStart("labels");
    for (LabelledVector row : matrix.rows()) {
      json.writeString(row.label());
    }
    json.writeEndArray();
  }
}
