package io.tidewatch.analytics.model;

import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model a key is scored by, without its forest, and which others are kept.
 *
 * @param checksum of its artifact: what it is, whatever it is called
 * @param threshold above which a score is an anomaly
 * @param deciles of the scores of its training
 * @param kept versions that are kept, in the order in which they were last taken up; the last is
 *     the one in use
 */
public record ActiveModel(String checksum, double threshold, double[] deciles, String[] kept) {

  /** The version in use. */
  public String version() {
    return kept[kept.length - 1];
  }

  /**
   * The next model of a key, and what is kept then.
   *
   * @param before null where there was none
   */
  public static ActiveModel next(@Nullable ActiveModel before, ForestArtifact artifact, int keep) {
    List<String> kept = new ArrayList<>(before == null ? List.of() : List.of(before.kept));
    kept.remove(artifact.version());
    while (kept.size() > keep) {
      kept.remove(0);
    }
    kept.add(artifact.version());
    return new ActiveModel(
        ModelMessageCodec.checksum(artifact),
        artifact.threshold(),
        artifact.scoreDeciles().stream().mapToDouble(Double::doubleValue).toArray(),
        kept.toArray(String[]::new));
  }

  /** Whether a version is kept. */
  public boolean keeps(String version) {
    return List.of(kept).contains(version);
  }
}
