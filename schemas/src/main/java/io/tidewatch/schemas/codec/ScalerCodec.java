package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.scale.FeatureStatistics;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scalers as JSON, {@code json/scaler.v1.schema.json}: what training writes, and stream and data
 * sets read.
 *
 * <p>Read strictly, unlike messages of devices: who applies half of a scaler scales wrongly and
 * nobody sees it. Each field at most once, in any order; an unknown one is refused, so is another
 * {@code format}. {@code lower} and {@code upper} stand with {@code min_max} only. A document has
 * at most 1 MiB and {@value #MAX_FEATURES} features.
 */
public final class ScalerCodec implements MessageDecoder<Scaler> {
  private static final long serialVersionUID = 1;

  /** The only one so far. */
  static final int FORMAT = 1;

  static final int MAX_VERSION_CHARS = 128;

  /** As many as fit the 1 MiB a broker lets through by default, 200 bytes each. */
  static final int MAX_FEATURES = 5_000;

  static final TextRule MODEL = TextRule.name(63);

  private static final String MIN_MAX = "min_max";
  private static final String Z_SCORE = "z_score";
  private static final TextRule VERSION = TextRule.name(MAX_VERSION_CHARS);
  private static final TextRule FEATURE = TextRule.name(256);

  /** 32 hex digits, 128 bits: as those of alert ids. */
  private static final int HASH_DIGITS = 32;

  @Override
  public Decoded<Scaler> decode(byte @Nullable [] bytes) {
    return JsonMessage.decode(
        bytes, AdmittedBytes.DEFAULT_MAX, (parser, admitted) -> new Reader(parser).read());
  }

  /** The canonical form: features by name, so that equal scalers have equal bytes. */
  public static byte[] encode(Scaler scaler) {
    return JsonMessage.encode(json -> write(json, scaler));
  }

  /**
   * A scaler whose version is the hash of all else: the first {@value #HASH_DIGITS} hex digits of
   * the SHA-256 of its canonical form with the version {@code -}.
   */
  public static Scaler versionedByContent(
      String model, Scaling scaling, Map<String, FeatureStatistics> features) {
    byte[] content = encode(new Scaler(model, "-", scaling, features));
    String hash = Sha256.hex(content).substring(0, HASH_DIGITS);
    return new Scaler(model, hash, scaling, features);
  }

  /** The fields of the canonical form, without its braces. */
  static void write(JsonGenerator json, Scaler scaler) throws IOException {
    json.writeNumberField("format", FORMAT);
    json.writeStringField("model", scaler.model());
    json.writeStringField("version", scaler.version());
    if (scaler.scaling() instanceof Scaling.MinMax target) {
      json.writeStringField("method", MIN_MAX);
      json.writeNumberField("lower", target.lower());
      json.writeNumberField("upper", target.upper());
    } else {
      json.writeStringField("method", Z_SCORE);
    }
    json.writeObjectFieldStart("features");
    for (var feature : new TreeMap<>(scaler.features()).entrySet()) {
      FeatureStatistics statistics = feature.getValue();
      json.writeObjectFieldStart(feature.getKey());
      json.writeNumberField("count", statistics.count());
      if (statistics.count() > 0) {
        json.writeNumberField("min", statistics.min());
        json.writeNumberField("max", statistics.max());
        json.writeNumberField("mean", statistics.mean());
        json.writeNumberField("std", statistics.std());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static Refusal unknown(JsonParser parser, String expected) {
    return new Refusal(
        RejectReason.UNKNOWN_FIELD,
        "%s: must be one of %s, was none".formatted(JsonValues.field(parser), expected));
  }

  /** What the records themselves say of their values. */
  private static Refusal refused(String at, IllegalArgumentException rule) {
    return new Refusal(RejectReason.OUT_OF_RANGE, at + rule.getMessage());
  }

  /** One document while it is being read. */
  private static final class Reader {
    private static final String FIELDS = "format, model, version, method, lower, upper, features";

    private final JsonParser parser;
    private int seen;
    private @Nullable Long format;
    private @Nullable String model;
    private @Nullable String version;
    private @Nullable String method;
    private @Nullable Double lower;
    private @Nullable Double upper;
    private @Nullable Map<String, FeatureStatistics> features;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    Scaler read() throws IOException, Refusal {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        readField(name);
      }
      JsonValues.present(format, "format");
      try {
        return new Scaler(
            JsonValues.present(model, "model"),
            JsonValues.present(version, "version"),
            scaling(JsonValues.present(method, "method")),
            JsonValues.present(features, "features"));
      } catch (IllegalArgumentException e) {
        throw refused("", e);
      }
    }

    private void readField(String name) throws IOException, Refusal {
      switch (name) {
        case "format" -> {
          once(1);
          format = JsonValues.integer(parser, FORMAT, FORMAT);
        }
        case "model" -> {
          once(1 << 1);
          model = JsonValues.text(parser, MODEL);
        }
        case "version" -> {
          once(1 << 2);
          version = JsonValues.text(parser, VERSION);
        }
        case "method" -> {
          once(1 << 3);
          method = JsonValues.text(parser, VERSION);
        }
        case "lower" -> {
          once(1 << 4);
          lower = JsonValues.number(parser, Double.NEGATIVE_INFINITY);
        }
        case "upper" -> {
          once(1 << 5);
          upper = JsonValues.number(parser, Double.NEGATIVE_INFINITY);
        }
        case "features" -> {
          once(1 << 6);
          features = features();
        }
        default -> throw unknown(parser, FIELDS);
      }
    }

    private void once(int field) throws Refusal {
      seen = JsonValues.once(parser, seen, field);
    }

    private Scaling scaling(String name) throws Refusal {
      switch (name) {
        case MIN_MAX -> {
          return new Scaling.MinMax(
              JsonValues.present(lower, "lower"), JsonValues.present(upper, "upper"));
        }
        case Z_SCORE -> {
          if (lower != null || upper != null) {
            throw new Refusal(
                RejectReason.UNKNOWN_FIELD,
                (lower != null ? "lower" : "upper") + ": must be absent with z_score, was there");
          }
          return new Scaling.ZScore();
        }
        default ->
            throw new Refusal(
                RejectReason.INVALID_TEXT,
                "method: must be min_max or z_score, was " + DetailLine.quoted(name));
      }
    }

    private Map<String, FeatureStatistics> features() throws IOException, Refusal {
      JsonValues.require(parser, JsonToken.START_OBJECT, "an object");
      Map<String, FeatureStatistics> all = new LinkedHashMap<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        String violation = FEATURE.violation(name);
        if (violation != null) {
          throw Refusal.invalidText("name of " + JsonValues.field(parser), FEATURE, violation);
        }
        if (all.size() == MAX_FEATURES) {
          throw Refusal.tooManyEntries(JsonValues.field(parser), MAX_FEATURES);
        }
        parser.nextToken();
        if (all.put(name, new StatisticsReader(parser).read()) != null) {
          throw JsonValues.duplicate(parser);
        }
      }
      return all;
    }
  }

  /** The statistics of one feature while they are being read. */
  private static final class StatisticsReader {
    private static final String[] FIELDS = {"min", "max", "mean", "std"};
    private final JsonParser parser;
    private final double[] values = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    private @Nullable Long count;
    private int seen;

    StatisticsReader(JsonParser parser) {
      this.parser = parser;
    }

    FeatureStatistics read() throws IOException, Refusal {
      JsonValues.require(parser, JsonToken.START_OBJECT, "an object");
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals("count")) {
          seen = JsonValues.once(parser, seen, 1 << FIELDS.length);
          count = JsonValues.integer(parser, 0, Long.MAX_VALUE);
        } else {
          readNumber(name);
        }
      }
      String at = JsonValues.field(parser) + ".";
      long n = JsonValues.present(count, at + "count");
      for (int i = 0; n > 0 && i < FIELDS.length; i++) {
        if (Double.isNaN(values[i])) {
          throw Refusal.missing(at + FIELDS[i], "absent or null with count " + n);
        }
      }
      try {
        return new FeatureStatistics(n, values[0], values[1], values[2], values[3]);
      } catch (IllegalArgumentException e) {
        throw refused(at, e);
      }
    }

    private void readNumber(String name) throws IOException, Refusal {
      for (int i = 0; i < FIELDS.length; i++) {
        if (FIELDS[i].equals(name)) {
          seen = JsonValues.once(parser, seen, 1 << i);
          if (!JsonValues.isNull(parser)) {
            values[i] = JsonValues.number(parser, Double.NEGATIVE_INFINITY);
          }
          return;
        }
      }
      throw unknown(parser, "count, min, max, mean, std");
    }
  }
}
