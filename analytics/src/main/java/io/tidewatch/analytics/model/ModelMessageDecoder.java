package io.tidewatch.analytics.model;

import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelMessage;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the topic of models, checked as far as anybody can who does not know what is kept of
 * a key: the key of the message is that of the document, its telemetry model is configured, and a
 * forest can be read and is of the very features that are scored here. Total: every message has a
 * result, none throws.
 */
public final class ModelMessageDecoder implements Serializable {
  private static final long serialVersionUID = 1;

  private final ModelMessageCodec codec = new ModelMessageCodec();
  private final HashMap<String, ArrayList<String>> features = new HashMap<>();
  private final ModelScope scope;

  /**
   * @param features names of the scored features of each telemetry model, by its name
   */
  public ModelMessageDecoder(Map<String, List<String>> features, ModelScope scope) {
    features.forEach((model, names) -> this.features.put(model, new ArrayList<>(names)));
    this.scope = scope;
  }

  /** The document of one message. */
  public Decoded<ModelMessage> decode(byte @Nullable [] key, byte @Nullable [] value) {
    Decoded<ModelMessage> decoded = codec.decode(value);
    if (!(decoded instanceof Decoded.Ok<ModelMessage> ok)) {
      return decoded;
    }
    String modelKey = ok.value().modelKey();
    if (key == null || !modelKey.equals(new String(key, StandardCharsets.UTF_8))) {
      return Decoded.refused(
          RejectReason.INVALID_TEXT,
          "key: must be the model of the document, '%s', was not".formatted(modelKey));
    }
    if (!scope.fits(modelKey)) {
      return Decoded.refused(
          RejectReason.INVALID_TEXT,
          "model: must be %s with this scope, was '%s'".formatted(scope.expected(), modelKey));
    }
    List<String> scored = features.get(ModelScope.model(modelKey));
    if (scored == null) {
      return Decoded.refused(
          RejectReason.UNKNOWN_MODEL, "model: must be a configured one, was '" + modelKey + "'");
    }
    return ok.value() instanceof ForestArtifact artifact ? checked(artifact, scored) : decoded;
  }

  private static Decoded<ModelMessage> checked(ForestArtifact artifact, List<String> scored) {
    String other = difference(artifact, scored);
    if (other != null) {
      return Decoded.refused(RejectReason.OTHER_FEATURES, other);
    }
    try {
      return new Decoded.Ok<>(ForestModel.of(artifact).artifact());
    } catch (IOException e) {
      return Decoded.refused(RejectReason.DAMAGED_MODEL, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String difference(ForestArtifact artifact, List<String> scored) {
    List<String> found = artifact.features();
    for (int i = 0; i < Math.min(found.size(), scored.size()); i++) {
      if (!found.get(i).equals(scored.get(i))) {
        return "features[%d]: must be %s, was '%s'".formatted(i, scored.get(i), found.get(i));
      }
    }
    if (found.size() != scored.size()) {
      return "features: must be the %d that are scored, were %d"
          .formatted(scored.size(), found.size());
    }
    return artifact.scalerVersion() == null
        ? null
        : "scaler_version: must be null, features are scored in their units, was '%s'"
            .formatted(artifact.scalerVersion());
  }
}
