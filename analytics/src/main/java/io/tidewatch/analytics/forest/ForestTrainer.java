package io.tidewatch.analytics.forest;

/**
 * An engine that grows isolation forests. Engines differ in how they choose cuts; samples, codec,
 * scores and what missing values mean are the same for all. An engine in a jar of its own is found
 * by {@link java.util.ServiceLoader}; see {@link ForestEngines}.
 */
public interface ForestTrainer {

  /** The name by which a configuration chooses it. */
  String engine();

  /**
   * Grows a forest. The same rows in the same order and the same settings give the same forest, bit
   * for bit, on any thread.
   *
   * @throws IllegalArgumentException when it cannot be grown from these rows; one line that says
   *     why
   */
  IsolationForest fit(TrainingRows rows, ForestSettings settings);
}
