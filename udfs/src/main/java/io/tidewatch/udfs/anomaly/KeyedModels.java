package io.tidewatch.udfs.anomaly;

import io.tidewatch.analytics.model.ActiveModel;
import io.tidewatch.analytics.model.ForestModel;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelMessage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a key: which one is in use, and the documents of all that are kept, each by itself,
 * as they were told. A row reads the first, some hundred bytes; a document, a hundred thousand, is
 * read when its forest is not ready.
 *
 * <p>Forests that are ready are found by the checksum of their artifact, whatever key asks. They
 * are made from the state and never change, so whether one is there changes the time of a row and
 * nothing else.
 */
final class KeyedModels {
  private static final Logger LOG = LoggerFactory.getLogger(KeyedModels.class);

  /** Names of states; a promise, see CHANGELOG. */
  static final String ACTIVE = "model";

  static final String DOCUMENTS = "model-documents";

  private final ValueState<ActiveModel> active;
  private final MapState<String, byte[]> documents;
  private final int keep;
  private final Map<String, ForestModel> ready;

  /**
   * @param keep former versions
   * @param cached forests that are kept ready, of all keys
   */
  KeyedModels(RuntimeContext context, int keep, int cached) {
    active =
        context.getState(new ValueStateDescriptor<>(ACTIVE, TypeInformation.of(ActiveModel.class)));
    documents =
        context.getMapState(
            new MapStateDescriptor<>(
                DOCUMENTS, Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    this.keep = keep;
    this.ready =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, ForestModel> eldest) {
            return size() > cached;
          }
        };
  }

  /** The model in use; null when there is none. */
  @Nullable ActiveModel active() throws IOException {
    return active.value();
  }

  /**
   * The forest of the model in use; null when this version of Tidewatch cannot read what is kept.
   * Then the key has no model any more, and is told so once.
   */
  @Nullable ForestModel forest(ActiveModel model) throws Exception {
    ForestModel found = ready.get(model.checksum());
    if (found == null) {
      found = read(documents.get(model.version()));
      if (found == null) {
        clear();
        return null;
      }
      ready.put(model.checksum(), found);
    }
    return found;
  }

  /** The document of the model in use. */
  byte[] document(ActiveModel model) throws Exception {
    return documents.get(model.version());
  }

  /** The document of a version that is kept; null when it is not. */
  byte @Nullable [] kept(String version) throws Exception {
    return documents.get(version);
  }

  /**
   * Scores by that artifact from the next row on.
   *
   * @return whether it could be read; otherwise all is as it was
   */
  boolean use(byte @Nullable [] document) throws Exception {
    ForestModel model = read(document);
    if (model == null || document == null) {
      return false;
    }
    use(model, document);
    return true;
  }

  /** Scores by that model from the next row on; the oldest is no longer kept. */
  void use(ForestModel model, byte[] document) throws Exception {
    ActiveModel before = active.value();
    ActiveModel next = ActiveModel.next(before, model.artifact(), keep);
    documents.put(next.version(), document);
    if (before != null) {
      for (String version : before.kept()) {
        if (!next.keeps(version)) {
          documents.remove(version);
        }
      }
    }
    active.update(next);
    ready.put(next.checksum(), model);
  }

  private static @Nullable ForestModel read(byte @Nullable [] document) {
    Decoded<ModelMessage> decoded = new ModelMessageCodec().decode(document);
    if (decoded instanceof Decoded.Ok<ModelMessage> ok
        && ok.value() instanceof ForestArtifact artifact) {
      try {
        return ForestModel.of(artifact);
      } catch (IOException e) {
        LOG.warn("model {} {}: {}", artifact.modelKey(), artifact.version(), e.getMessage());
        return null;
      }
    }
    LOG.warn("what is kept is no model: {}", decoded);
    return null;
  }

  void clear() {
    active.clear();
    documents.clear();
  }
}
