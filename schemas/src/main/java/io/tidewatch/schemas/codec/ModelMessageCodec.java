package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelMessage;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Model artifacts and what is asked of them as JSON, {@code json/model.v1.schema.json}: what the
 * topic of models and files of models hold.
 *
 * <p>Read strictly: who scores by half of a model scores wrongly and nobody sees it. Each field at
 * most once, in any order; an unknown one is refused. The {@code checksum} of an artifact is the
 * SHA-256 of its canonical form with the checksum {@code -}, so that no part of it can change
 * unseen; the spelling of numbers and the order of fields may. A document has at most 1 MiB.
 *
 * <p>A document is text and numbers. No object is ever made of what it names, least of all by the
 * serialisation of Java, whose streams are told apart and refused.
 */
public final class ModelMessageCodec implements MessageDecoder<ModelMessage> {
  private static final long serialVersionUID = 1;

  /** The only one so far. */
  static final int FORMAT = 1;

  /** A model, a slash and a device. */
  static final int MAX_KEY_CHARS = 320;

  static final int MAX_VERSION_CHARS = 128;
  static final int MAX_FEATURES = 4_096;

  /** Of where rows were read: an address and a query. */
  public static final int MAX_ORIGIN_CHARS = 1_000;

  static final TextRule KEY = TextRule.name(MAX_KEY_CHARS);

  private static final TextRule VERSION = TextRule.name(MAX_VERSION_CHARS);
  private static final TextRule FEATURE = TextRule.name(256);
  private static final TextRule ORIGIN = TextRule.name(MAX_ORIGIN_CHARS);
  private static final String FOREST = "forest";
  private static final String ROLLBACK = "rollback";
  private static final String NO_CHECKSUM = "-";

  @Override
  public Decoded<ModelMessage> decode(byte @Nullable [] bytes) {
    if (bytes != null && startsJavaSerialisation(bytes)) {
      return Decoded.refused(
          RejectReason.DAMAGED_MODEL,
          "value: must be a model as JSON, was a stream of Java serialisation");
    }
    return JsonMessage.decode(
        bytes, AdmittedBytes.DEFAULT_MAX, (parser, admitted) -> new Reader(parser).read());
  }

  /** Whether bytes begin as {@code java.io.ObjectOutputStream} does. */
  static boolean startsJavaSerialisation(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == (byte) 0xAC && bytes[1] == (byte) 0xED;
  }

  /** The canonical form: fields in one order, equal messages have equal bytes. */
  public static byte[] encode(ModelMessage message) {
    if (message instanceof ForestArtifact artifact) {
      return bytes(artifact, checksum(artifact));
    }
    return JsonMessage.encode(
        json -> {
          json.writeNumberField("format", FORMAT);
          json.writeStringField("kind", ROLLBACK);
          json.writeStringField("model", message.modelKey());
          json.writeStringField("version", message.version());
        });
  }

  /** What {@code checksum} of the artifact says: 64 hex digits. */
  public static String checksum(ForestArtifact artifact) {
    return Sha256.hex(bytes(artifact, NO_CHECKSUM));
  }

  /**
   * The name of a forest among those of its key: until when it was trained, and the first digits of
   * the hash of its bytes. The same training gives the same name, another one another.
   *
   * @param trainedUntil as it is to be read by people
   */
  public static String version(String trainedUntil, byte[] forest) {
    return trainedUntil + "-" + Sha256.hex(forest).substring(0, 8);
  }

  private static byte[] bytes(ForestArtifact artifact, String checksum) {
    return JsonMessage.encode(json -> write(json, artifact, checksum));
  }

  private static void write(JsonGenerator json, ForestArtifact artifact, String checksum)
      throws IOException {
    json.writeNumberField("format", FORMAT);
    json.writeStringField("kind", FOREST);
    json.writeStringField("model", artifact.modelKey());
    json.writeStringField("version", artifact.version());
    json.writeStringField("engine", artifact.engine());
    json.writeNumberField("seed", artifact.seed());
    json.writeNumberField("rows", artifact.rows());
    json.writeNumberField("trained_from_ms", artifact.trainedFromMs());
    json.writeNumberField("trained_until_ms", artifact.trainedUntilMs());
    json.writeArrayFieldStart("features");
    for (String feature : artifact.features()) {
      json.writeString(feature);
    }
    json.writeEndArray();
    json.writeStringField("scaler_version", artifact.scalerVersion());
    if (artifact.origin() != null) {
      json.writeStringField("origin", artifact.origin());
    }
    json.writeNumberField("threshold", artifact.threshold());
    json.writeArrayFieldStart("score_deciles");
    for (double decile : artifact.scoreDeciles()) {
      json.writeNumber(decile);
    }
    json.writeEndArray();
    json.writeStringField("checksum", checksum);
    json.writeBinaryField("forest", artifact.forest());
  }

  /** One document while it is being read. */
  private static final class Reader {
    private static final String FIELDS =
        "format, kind, model, version, engine, seed, rows, trained_from_ms, trained_until_ms,"
            + " features, scaler_version, origin, threshold, score_deciles, checksum, forest";

    private final JsonParser parser;
    private final Set<String> seen = new LinkedHashSet<>();
    private @Nullable Long format;
    private @Nullable String kind;
    private @Nullable String model;
    private @Nullable String version;
    private @Nullable String engine;
    private @Nullable Long seed;
    private @Nullable Long rows;
    private @Nullable Long trainedFromMs;
    private @Nullable Long trainedUntilMs;
    private @Nullable List<String> features;
    private @Nullable String scalerVersion;
    private @Nullable String origin;
    private @Nullable Double threshold;
    private @Nullable List<Double> scoreDeciles;
    private @Nullable String checksum;
    private byte @Nullable [] forest;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    ModelMessage read() throws IOException, Refusal {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (!seen.add(name)) {
          throw JsonValues.duplicate(parser);
        }
        readField(name);
      }
      JsonValues.present(format, "format");
      String key = JsonValues.present(model, "model");
      String of = JsonValues.present(version, "version");
      return switch (JsonValues.present(kind, "kind")) {
        case FOREST -> artifact(key, of);
        case ROLLBACK -> rollback(key, of);
        default ->
            throw new Refusal(
                RejectReason.INVALID_TEXT,
                "kind: must be forest or rollback, was " + DetailLine.quoted(String.valueOf(kind)));
      };
    }

    private void readField(String name) throws IOException, Refusal {
      switch (name) {
        case "format" -> format = format();
        case "kind" -> kind = JsonValues.text(parser, VERSION);
        case "model" -> model = JsonValues.text(parser, KEY);
        case "version" -> version = JsonValues.text(parser, VERSION);
        case "engine" -> engine = JsonValues.text(parser, VERSION);
        case "seed" -> seed = JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        case "rows" -> rows = JsonValues.integer(parser, 2, Integer.MAX_VALUE);
        case "trained_from_ms" ->
            trainedFromMs = JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        case "trained_until_ms" ->
            trainedUntilMs = JsonValues.integer(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        case "features" -> features = features();
        case "scaler_version" -> scalerVersion = JsonValues.optionalText(parser, VERSION);
        case "origin" -> origin = JsonValues.text(parser, ORIGIN);
        case "threshold" -> threshold = JsonValues.number(parser, 0);
        case "score_deciles" -> scoreDeciles = deciles();
        case "checksum" -> checksum = JsonValues.text(parser, VERSION);
        case "forest" -> {
          JsonValues.require(parser, JsonToken.VALUE_STRING, "text in Base64");
          forest = parser.getBinaryValue();
        }
        default ->
            throw new Refusal(
                RejectReason.UNKNOWN_FIELD,
                "%s: must be one of %s, was none".formatted(JsonValues.field(parser), FIELDS));
      }
    }

    private long format() throws IOException, Refusal {
      long found = JsonValues.integer(parser, 1, Integer.MAX_VALUE);
      if (found > FORMAT) {
        throw new Refusal(
            RejectReason.NEWER_FORMAT,
            "format: must be at most %d, was %d; written by a newer version of Tidewatch"
                .formatted(FORMAT, found));
      }
      return found;
    }

    private List<String> features() throws IOException, Refusal {
      JsonValues.require(parser, JsonToken.START_ARRAY, "an array");
      Set<String> names = new LinkedHashSet<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (names.size() == MAX_FEATURES) {
          throw Refusal.tooManyEntries("features", MAX_FEATURES);
        }
        if (!names.add(JsonValues.text(parser, FEATURE))) {
          throw JsonValues.duplicate(parser);
        }
      }
      return List.copyOf(names);
    }

    private List<Double> deciles() throws IOException, Refusal {
      JsonValues.require(parser, JsonToken.START_ARRAY, "an array");
      List<Double> found = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (found.size() == ForestArtifact.DECILES) {
          throw Refusal.tooManyEntries("score_deciles", ForestArtifact.DECILES);
        }
        found.add(JsonValues.number(parser, 0));
      }
      return found;
    }

    private ForestArtifact artifact(String key, String of) throws Refusal {
      if (!seen.contains("scaler_version")) {
        throw Refusal.missing("scaler_version", "absent");
      }
      String told = JsonValues.present(checksum, "checksum");
      ForestArtifact artifact;
      try {
        artifact =
            new ForestArtifact(
                key,
                of,
                JsonValues.present(engine, "engine"),
                JsonValues.present(seed, "seed"),
                Math.toIntExact(JsonValues.present(rows, "rows")),
                JsonValues.present(trainedFromMs, "trained_from_ms"),
                JsonValues.present(trainedUntilMs, "trained_until_ms"),
                JsonValues.present(features, "features"),
                scalerVersion,
                origin,
                JsonValues.present(threshold, "threshold"),
                JsonValues.present(scoreDeciles, "score_deciles"),
                JsonValues.present(forest, "forest"));
      } catch (IllegalArgumentException e) {
        throw new Refusal(RejectReason.OUT_OF_RANGE, String.valueOf(e.getMessage()));
      }
      if (!checksum(artifact).equals(told)) {
        throw new Refusal(
            RejectReason.DAMAGED_MODEL,
            "checksum: must be that of the document, was not; it was damaged or changed by hand");
      }
      return artifact;
    }

    private ModelRollback rollback(String key, String of) throws Refusal {
      for (String field : seen) {
        if (!Set.of("format", "kind", "model", "version").contains(field)) {
          throw new Refusal(
              RejectReason.UNKNOWN_FIELD, field + ": must be absent with rollback, was there");
        }
      }
      return new ModelRollback(key, of);
    }
  }
}
