package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.codec.ReaderField.Shape;
import io.tidewatch.schemas.derived.FeatureVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors from Avro, {@code avro/feature-vector.v1.avsc}, in the frame that {@link
 * AvroMessage} describes, as the telemetry job writes them. Writers may have other schemas, as far
 * as Avro resolves them: fields in another order, further ones, which are skipped as what was
 * normalised is. The rules of each field are those of {@link FeatureVectorDecoder}.
 *
 * <p>Not for several threads.
 */
public final class FeatureVectorAvroDecoder implements MessageDecoder<FeatureVector> {
  private static final long serialVersionUID = 1;

  private static final int MODEL = 0;
  private static final int DEVICE_ID = 1;
  private static final int WINDOW_START_MS = 2;
  private static final int WINDOW_END_MS = 3;
  private static final int RECORDS = 4;
  private static final int REVISION = 5;
  private static final int FEATURES = 6;

  private static final List<ReaderField> FIELDS =
      List.of(
          ReaderField.required("model", Shape.TEXT),
          ReaderField.required("device_id", Shape.TEXT),
          ReaderField.requiredTimeMs("window_start_ms"),
          ReaderField.requiredTimeMs("window_end_ms"),
          ReaderField.required("records", Shape.LONG),
          ReaderField.required("revision", Shape.INT),
          ReaderField.required("features", Shape.MAP_OF_OPTIONAL_DOUBLES));

  private final HashMap<String, AvroFieldValues> featuresOf = new HashMap<>();
  private final AvroMessage message;

  /**
   * @param schemas what the messages were written with
   * @param features names of the features of each model in the order of its vectors, by its name
   * @param maxBytes greatest size of a message in bytes, at least 1
   */
  public FeatureVectorAvroDecoder(
      WriterSchemas schemas, Map<String, List<String>> features, int maxBytes) {
    this.message = new AvroMessage(schemas, maxBytes, () -> FIELDS);
    features.forEach(
        (model, names) -> featuresOf.put(model, AvroFieldValues.ofFeatures(model, names)));
  }

  /**
   * @throws IllegalArgumentException when no message of that schema could be read
   */
  public static void requireReadable(String schema) {
    AvroMessage.requireReadable(schema, FIELDS);
  }

  @Override
  public Decoded<FeatureVector> decode(byte @Nullable [] bytes) {
    return message.decode(bytes, this::read);
  }

  private FeatureVector read(AvroCursor in, WriterRecord writer) throws Refusal {
    // All of them are fields of each schema that is read.
    String model = null;
    String deviceId = "";
    long startMs = 0;
    long endMs = 0;
    long records = 0;
    long revision = 0;
    double[] values = null;
    int valuesAt = 0;
    WriterType valuesType = null;
    for (WriterRecord.Field field : writer.fields()) {
      WriterType type = field.type();
      switch (field.index()) {
        case MODEL -> model = AvroValues.repeatedText(in, type, "model", FeatureVectorDecoder.NAME);
        case DEVICE_ID ->
            deviceId = AvroValues.repeatedText(in, type, "device_id", FeatureVectorDecoder.NAME);
        case WINDOW_START_MS ->
            startMs =
                AvroValues.integer(in, type, "window_start_ms", Long.MIN_VALUE, Long.MAX_VALUE);
        case WINDOW_END_MS ->
            endMs = AvroValues.integer(in, type, "window_end_ms", Long.MIN_VALUE, Long.MAX_VALUE);
        case RECORDS -> records = AvroValues.integer(in, type, "records", 1, Long.MAX_VALUE);
        case REVISION -> revision = AvroValues.integer(in, type, "revision", 0, Integer.MAX_VALUE);
        case FEATURES -> {
          if (model == null) {
            valuesAt = in.position();
            valuesType = type;
            in.skip(type);
          } else {
            values = values(in, type, model);
          }
        }
        default -> in.skip(type);
      }
    }
    String known = Objects.requireNonNull(model);
    if (valuesType != null) {
      // They stood before the model: read now, in place of a copy of all of them.
      int end = in.position();
      in.moveTo(valuesAt);
      values = values(in, valuesType, known);
      in.moveTo(end);
    }
    FeatureVectorDecoder.requireAfter(startMs, endMs);
    return new FeatureVector(
        known,
        deviceId,
        startMs,
        endMs,
        records,
        Objects.requireNonNull(values),
        Math.toIntExact(revision));
  }

  private double[] values(AvroCursor in, WriterType type, String model) throws Refusal {
    AvroFieldValues features = featuresOf.get(model);
    if (features == null) {
      throw FeatureVectorDecoder.unknown(model, featuresOf.keySet());
    }
    return features.read(in, type);
  }
}
