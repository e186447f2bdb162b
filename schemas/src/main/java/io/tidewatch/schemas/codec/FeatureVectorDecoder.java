package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors from JSON, {@code json/feature-vector.v1.schema.json}, as the telemetry job
 * writes them: values by name become one array in the order of the model.
 *
 * <ul>
 *   <li>The fields may stand in any order, each at most once; unknown ones are skipped, and so is
 *       what was normalised.
 *   <li>{@code features}: a feature that is null or absent has no value, {@code NaN}: the reader
 *       may know a newer list than the writer. One the model does not have is refused: nobody knows
 *       what is missing then.
 *   <li>{@code window_end_ms} is after {@code window_start_ms}, {@code records} at least 1, {@code
 *       revision} at least 0.
 * </ul>
 */
public final class FeatureVectorDecoder implements MessageDecoder<FeatureVector> {
  private static final long serialVersionUID = 1;

  static final TextRule NAME = TextRule.name(256);
  private static final int MODEL = 1;
  private static final int DEVICE = 1 << 1;
  private static final int START = 1 << 2;
  private static final int END = 1 << 3;
  private static final int RECORDS = 1 << 4;
  private static final int REVISION = 1 << 5;
  private static final int FEATURES = 1 << 6;

  private final HashMap<String, ArrayList<String>> names = new HashMap<>();
  private final int maxBytes;

  /**
   * @param features names of the features of each model in the order of its vectors, by its name
   * @param maxBytes greatest size of a message in bytes, at least 1
   */
  public FeatureVectorDecoder(Map<String, List<String>> features, int maxBytes) {
    features.forEach((model, list) -> names.put(model, new ArrayList<>(list)));
    this.maxBytes = AdmittedBytes.checkedMax(maxBytes);
  }

  @Override
  public Decoded<FeatureVector> decode(byte @Nullable [] bytes) {
    return JsonMessage.decode(bytes, maxBytes, this::read);
  }

  private FeatureVector read(JsonParser parser, byte[] bytes) throws IOException, Refusal {
    int seen = 0;
    String model = null;
    String device = null;
    long startMs = 0;
    long endMs = 0;
    long records = 0;
    long revision = 0;
    double[] values = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "model" -> {
          seen = JsonValues.once(parser, seen, MODEL);
          model = JsonValues.repeatedText(parser, NAME);
        }
        case "device_id" -> {
          seen = JsonValues.once(parser, seen, DEVICE);
          device = JsonValues.repeatedText(parser, NAME);
        }
        case "window_start_ms" -> {
          seen = JsonValues.once(parser, seen, START);
          startMs = JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        case "window_end_ms" -> {
          seen = JsonValues.once(parser, seen, END);
          endMs = JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        case "records" -> {
          seen = JsonValues.once(parser, seen, RECORDS);
          records = JsonValues.integer(parser, 1, Long.MAX_VALUE);
        }
        case "revision" -> {
          seen = JsonValues.once(parser, seen, REVISION);
          revision = JsonValues.integer(parser, 0, Integer.MAX_VALUE);
        }
        case "features" -> {
          seen = JsonValues.once(parser, seen, FEATURES);
          values = values(parser, model == null ? modelAhead(bytes) : model);
        }
        default -> parser.skipChildren();
      }
    }
    String ofModel = JsonValues.present(model, "model");
    String ofDevice = JsonValues.present(device, "device_id");
    JsonValues.present(seen, START, "window_start_ms");
    JsonValues.present(seen, END, "window_end_ms");
    JsonValues.present(seen, RECORDS, "records");
    JsonValues.present(seen, REVISION, "revision");
    requireAfter(startMs, endMs);
    return new FeatureVector(
        ofModel,
        ofDevice,
        startMs,
        endMs,
        records,
        JsonValues.present(values, "features"),
        Math.toIntExact(revision));
  }

  /** Refuses a window that ends before it began. */
  static void requireAfter(long startMs, long endMs) throws Refusal {
    if (endMs <= startMs) {
      throw Refusal.outOfRange(
          "window_end_ms", "> window_start_ms (" + startMs + ")", Long.toString(endMs));
    }
  }

  /** Of a model that is none of those. */
  static Refusal unknown(String model, Set<String> known) {
    return new Refusal(
        RejectReason.UNKNOWN_MODEL,
        "model: must be one of %s, was %s"
            .formatted(known.stream().sorted().toList(), DetailLine.quoted(model)));
  }

  private double[] values(JsonParser parser, String model) throws IOException, Refusal {
    List<String> ofModel = names.get(model);
    if (ofModel == null) {
      throw unknown(model, names.keySet());
    }
    JsonValues.require(parser, JsonToken.START_OBJECT, "an object");
    double[] values = new double[ofModel.size()];
    Arrays.fill(values, Double.NaN);
    boolean[] seen = new boolean[values.length];
    int next = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      // Vectors are written in the order of the model, so that the first comparison finds it.
      int index =
          next < values.length && ofModel.get(next).equals(name) ? next : ofModel.indexOf(name);
      if (index < 0) {
        throw new Refusal(
            RejectReason.UNKNOWN_FIELD,
            "%s: must be a feature of model %s, was none"
                .formatted(JsonValues.field(parser), model));
      }
      if (seen[index]) {
        throw JsonValues.duplicate(parser);
      }
      seen[index] = true;
      next = index + 1;
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        values[index] = JsonValues.number(parser, Double.NEGATIVE_INFINITY);
      }
    }
    return values;
  }

  /** The model of a message whose {@code features} stand before its {@code model}. */
  private static String modelAhead(byte[] bytes) throws IOException, Refusal {
    try (JsonParser parser = JsonMessage.open(bytes)) {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals("model")) {
          return JsonValues.text(parser, NAME);
        }
        parser.skipChildren();
      }
    }
    throw Refusal.missing("model", "absent");
  }
}
