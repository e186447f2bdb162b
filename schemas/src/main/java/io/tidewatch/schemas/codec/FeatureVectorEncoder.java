package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Feature vectors as JSON, {@code json/feature-vector.v1.schema.json}: all fields in the order of
 * the schema, features in the order of the vector. JSON has no {@code NaN}: a feature without a
 * value is null. A double is written with the digits that give it back bit for bit.
 */
public final class FeatureVectorEncoder implements MessageEncoder<ScaledVector> {
  private static final long serialVersionUID = 1;

  private final VectorNames names;

  /**
   * @param features names of the features of each model in the order of its vectors, by its name
   */
  public FeatureVectorEncoder(Map<String, List<String>> features) {
    this.names = new VectorNames(features);
  }

  /**
   * @throws IllegalArgumentException when the model is unknown or has another number of features
   */
  @Override
  public byte[] encode(ScaledVector scaled) {
    FeatureVector vector = scaled.vector();
    List<String> ofModel = names.of(scaled);
    return JsonMessage.encode(
        json -> {
          json.writeStringField("model", vector.model());
          json.writeStringField("device_id", vector.deviceId());
          json.writeNumberField("window_start_ms", vector.windowStartMs());
          json.writeNumberField("window_end_ms", vector.windowEndMs());
          json.writeNumberField("records", vector.records());
          json.writeNumberField("revision", vector.revision());
          json.writeFieldName("features");
          writeValues(json, ofModel, vector.features());
          json.writeFieldName("scaled");
          double[] values = scaled.scaled();
          if (values == null) {
            json.writeNull();
          } else {
            writeValues(json, ofModel, values);
          }
          json.writeStringField("scaler_version", scaled.scalerVersion());
        });
  }

  private static void writeValues(JsonGenerator json, List<String> names, double[] values)
      throws IOException {
    json.writeStartObject();
    for (int i = 0; i < values.length; i++) {
      json.writeFieldName(names.get(i));
      if (Double.isFinite(values[i])) {
        json.writeNumber(values[i]);
      } else {
        json.writeNull();
      }
    }
    json.writeEndObject();
  }
}
