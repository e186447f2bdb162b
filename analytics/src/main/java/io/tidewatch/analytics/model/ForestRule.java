package io.tidewatch.analytics.model;

import io.tidewatch.analytics.forest.ForestSettings;
import java.io.Serializable;

/**
 * How forests are grown; see {@link ForestSettings}.
 *
 * @param engine that grows them
 * @param trees of a forest
 * @param sampleRows rows each tree is grown from
 * @param extensionLevel 0 for cuts of one feature
 * @param seed from which, with key and time of a training, the seed of a forest is made
 */
public record ForestRule(String engine, int trees, int sampleRows, int extensionLevel, long seed)
    implements Serializable {

  public ForestRule {
    if (engine.isBlank()) {
      throw new IllegalArgumentException("engine: must be the name of an engine, was empty");
    }
    try {
      settings(trees, sampleRows, extensionLevel, seed);
    } catch (IllegalArgumentException e) {
      // Keys are named from here on.
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replaceFirst("^forest\\.", ""), e);
    }
  }

  /** The settings of one training: another key or time is another chance. */
  public ForestSettings settings(String modelKey, long trainedUntilMs) {
    return settings(
        trees, sampleRows, extensionLevel, SeededHash.of(seed, modelKey, trainedUntilMs, 0));
  }

  private static ForestSettings settings(int trees, int sampleRows, int extensionLevel, long seed) {
    return new ForestSettings(trees, sampleRows, extensionLevel, seed);
  }
}
