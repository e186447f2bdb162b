package io.tidewatch.schemas.forest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained isolation forest with all that scoring by it needs.
 *
 * @param modelKey see {@link ModelMessage#modelKey}
 * @param version names it in each score; unique among the versions of the key
 * @param engine that grew it
 * @param seed from which it was grown
 * @param rows it was grown from, ≥ 2
 * @param trainedFromMs end of the window of the oldest of them, milliseconds since the epoch
 * @param trainedUntilMs end of the window of the newest; not before {@code trainedFromMs}
 * @param features names of the values of a row, in their order; at least one, each once
 * @param scalerVersion of the scaler that normalised the rows; null when they are in the units of
 *     the features
 * @param origin where the rows of its training were read; null when they passed in the stream
 * @param threshold above which a score is anomalous, in (0, 1)
 * @param scoreDeciles the nine deciles of the scores of the training rows, ascending, in [0, 1]:
 *     against them drift is measured
 * @param forest bytes of the forest, in the codec of {@code analytics.forest}
 */
public record ForestArtifact(
    String modelKey,
    String version,
    String engine,
    long seed,
    int rows,
    long trainedFromMs,
    long trainedUntilMs,
    List<String> features,
    @Nullable String scalerVersion,
    @Nullable String origin,
    double threshold,
    List<Double> scoreDeciles,
    byte[] forest)
    implements ModelMessage {

  /** How many deciles there are. */
  public static final int DECILES = 9;

  public ForestArtifact {
    if (rows < 2) {
      throw new IllegalArgumentException("rows: must be ≥ 2, was " + rows);
    }
    if (trainedUntilMs < trainedFromMs) {
      throw new IllegalArgumentException(
          "trained_until_ms: must be ≥ trained_from_ms (%d), was %d"
              .formatted(trainedFromMs, trainedUntilMs));
    }
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features: must name at least one feature, was empty");
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException("threshold: must be in (0, 1), was " + threshold);
    }
    features = List.copyOf(features);
    scoreDeciles = List.copyOf(scoreDeciles);
    requireDeciles(scoreDeciles);
  }

  /** The same, trained from rows that were read there. */
  public ForestArtifact readFrom(String where) {
    return new ForestArtifact(
        modelKey,
        version,
        engine,
        seed,
        rows,
        trainedFromMs,
        trainedUntilMs,
        features,
        scalerVersion,
        where,
        threshold,
        scoreDeciles,
        forest);
  }

  private static void requireDeciles(List<Double> deciles) {
    if (deciles.size() != DECILES) {
      throw new IllegalArgumentException(
          "score_deciles: must be %d, were %d".formatted(DECILES, deciles.size()));
    }
    double last = 0;
    for (double decile : deciles) {
      if (!(decile >= last && decile <= 1)) {
        throw new IllegalArgumentException(
            "score_deciles: must be ascending in [0, 1], was %s after %s".formatted(decile, last));
      }
      last = decile;
    }
  }
}
