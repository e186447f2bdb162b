package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;

/**
 * Feature vectors as Avro of our own schema, {@code avro/feature-vector.v1.avsc}, in the wire
 * format of Confluent's serialisers; says the same as {@link FeatureVectorEncoder}.
 */
public final class FeatureVectorAvroEncoder implements MessageEncoder<ScaledVector> {
  private static final long serialVersionUID = 1;

  private final VectorNames names;
  private final int schemaId;

  /**
   * @param features names of the features of each model in the order of its vectors, by its name
   * @param schemaId under which the readers find that schema
   */
  public FeatureVectorAvroEncoder(Map<String, List<String>> features, int schemaId) {
    this.names = new VectorNames(features);
    this.schemaId = schemaId;
  }

  /** The schema of its messages as JSON, for a registry or a file. */
  public static String schema() {
    return AvroBytes.schema("feature-vector.v1.avsc");
  }

  /**
   * @throws IllegalArgumentException when the model is unknown or has another number of features
   */
  @Override
  public byte[] encode(ScaledVector scaled) {
    FeatureVector vector = scaled.vector();
    List<String> ofModel = names.of(scaled);
    return AvroBytes.of(
        schemaId,
        avro -> {
          avro.writeString(vector.model());
          avro.writeString(vector.deviceId());
          avro.writeLong(vector.windowStartMs());
          avro.writeLong(vector.windowEndMs());
          avro.writeLong(vector.records());
          avro.writeInt(vector.revision());
          writeValues(avro, ofModel, vector.features());
          double[] values = scaled.scaled();
          if (AvroBytes.startOptional(avro, values != null) && values != null) {
            writeValues(avro, ofModel, values);
          }
          AvroBytes.writeOptional(avro, scaled.scalerVersion());
        });
  }

  private static void writeValues(BinaryEncoder avro, List<String> names, double[] values)
      throws IOException {
    avro.writeMapStart();
    avro.setItemCount(values.length);
    for (int i = 0; i < values.length; i++) {
      avro.startItem();
      avro.writeString(names.get(i));
      AvroBytes.writeOptional(avro, Double.isFinite(values[i]) ? values[i] : Double.NaN);
    }
    avro.writeMapEnd();
  }
}
