package io.tidewatch.analytics.model;

import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.analytics.forest.IsolationForestCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An artifact ready to score: its forest was read and is the one that the artifact speaks of.
 * Immutable; memory as {@link IsolationForest}.
 *
 * @param artifact as it was told
 * @param forest of its bytes
 */
public record ForestModel(ForestArtifact artifact, IsolationForest forest) {

  /**
   * Reads the forest of an artifact.
   *
   * @throws IOException when its bytes are none, or a forest of other features, engine or rows than
   *     the artifact says; one line
   */
  public static ForestModel of(ForestArtifact artifact) throws IOException {
    IsolationForest forest = IsolationForestCodec.read(artifact.forest());
    require("features", forest.features().equals(artifact.features()));
    require("engine", forest.engine().equals(artifact.engine()));
    require("seed", forest.settings().seed() == artifact.seed());
    require("rows", forest.rows() == artifact.rows());
    return new ForestModel(artifact, forest);
  }

  private static void require(String field, boolean same) throws IOException {
    if (!same) {
      throw new IOException(
          "forest: must have the %s of its artifact, had others".formatted(field));
    }
  }

  /**
   * The features that made a row anomalous, by name with their shares in the order of the features;
   * those without a share are left out.
   */
  public Map<String, Double> attribution(double[] row) {
    double[] shares = forest.attribution(row);
    List<String> names = forest.features();
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        named.put(names.get(i), shares[i]);
      }
    }
    return named;
  }
}
