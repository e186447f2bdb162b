package io.tidewatch.analytics.forest;

import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The engines there are: the one built in, and those whose jar is on the class path. */
public final class ForestEngines {
  /** The engine where nothing is said; why: ADR 16. */
  public static final String DEFAULT = BuiltInTrainer.NAME;

  private ForestEngines() {}

  /**
   * The engine of that name.
   *
   * @throws IllegalArgumentException when there is none; names those there are
   */
  public static ForestTrainer named(String engine) {
    SortedMap<String, ForestTrainer> engines = new TreeMap<>();
    for (ForestTrainer trainer : ServiceLoader.load(ForestTrainer.class)) {
      engines.put(trainer.engine(), trainer);
    }
    engines.put(BuiltInTrainer.NAME, new BuiltInTrainer());
    ForestTrainer trainer = engines.get(engine);
    if (trainer == null) {
      throw new IllegalArgumentException(
          "forest.engine: must be one of %s, whose jars are here, was %s"
              .formatted(engines.keySet(), engine));
    }
    return trainer;
  }
}
