package io.tidewatch.jobs.config;

/**
 * Whether windows are computed in two phases.
 *
 * @param maxPartials how many a subtask holds before it sends them; 0 for one phase
 */
public record PreAggregationConfig(int maxPartials) {

  public PreAggregationConfig {
    if (maxPartials < 0) {
      throw new IllegalArgumentException("max_partials: must be ≥ 0, was " + maxPartials);
    }
  }
}
