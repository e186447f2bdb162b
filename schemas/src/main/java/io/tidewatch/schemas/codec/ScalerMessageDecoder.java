package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.ScalerUpdate;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the topic of scalers: the key is the name of a model, the value a {@linkplain
 * ScalerCodec document} of the same model, or none, which takes away what there is. Total: every
 * message has a result, none throws.
 *
 * <p>Refused is what nobody could use: {@code UNKNOWN_MODEL}, a model that is not configured;
 * {@code UNKNOWN_FIELD}, a feature the model does not have, most often mistyped. A feature of the
 * model that the document leaves out is none: models gain features, and older statistics stay of
 * use.
 */
public final class ScalerMessageDecoder implements Serializable {
  private static final long serialVersionUID = 1;

  private final ScalerCodec codec = new ScalerCodec();
  private final HashMap<String, HashSet<String>> features = new HashMap<>();

  /**
   * @param features names of the features of each model, by its name
   */
  public ScalerMessageDecoder(Map<String, List<String>> features) {
    features.forEach((model, names) -> this.features.put(model, new HashSet<>(names)));
  }

  /** The update of one message. */
  public Decoded<ScalerUpdate> decode(byte @Nullable [] key, byte @Nullable [] value) {
    try {
      String model = model(key);
      Set<String> known = features.get(model);
      if (known == null) {
        throw new Refusal(
            RejectReason.UNKNOWN_MODEL,
            "key: must be a configured model, was " + DetailLine.quoted(model));
      }
      if (value == null) {
        return new Decoded.Ok<>(new ScalerUpdate(model, null));
      }
      Decoded<Scaler> decoded = codec.decode(value);
      if (decoded instanceof Decoded.Refused<Scaler> refused) {
        return new Decoded.Refused<>(refused.reason(), refused.detail());
      }
      check(((Decoded.Ok<Scaler>) decoded).value(), model, known);
      return new Decoded.Ok<>(new ScalerUpdate(model, value));
    } catch (Refusal refusal) {
      return refusal.decoded();
    }
  }

  private static String model(byte @Nullable [] key) throws Refusal {
    if (key == null) {
      throw Refusal.missing("key", "null");
    }
    int invalid = Utf8.firstInvalid(key);
    if (invalid >= 0) {
      throw Refusal.invalidText("key", ScalerCodec.MODEL, "not UTF-8 at byte " + invalid);
    }
    return new String(key, StandardCharsets.UTF_8);
  }

  private static void check(Scaler scaler, String model, Set<String> known) throws Refusal {
    if (!scaler.model().equals(model)) {
      throw new Refusal(
          RejectReason.INVALID_TEXT,
          "model: must be the key %s, was %s"
              .formatted(DetailLine.quoted(model), DetailLine.quoted(scaler.model())));
    }
    for (String feature : scaler.features().keySet()) {
      if (!known.contains(feature)) {
        throw new Refusal(
            RejectReason.UNKNOWN_FIELD,
            "features.%s: must be a feature of model %s, was none"
                .formatted(Refusal.shown(feature), model));
      }
    }
  }
}
