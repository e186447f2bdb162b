package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.decide.DeviationRule;

/**
 * How a series is judged. There are few settings, and none that is to be fitted to a series.
 *
 * @param warmUpRows rows with a value before the first score, {@value #LEAST_WARM_UP} to 100,000; a
 *     day of rows where that is more. Rows that share readings count as one
 * @param cooldownRows a score counts only when it is greater than all of so many rows before, 1 to
 *     100,000; rows that share readings count as one
 * @param memoryRows rows after which what never came back is new again, 1,000 or more
 * @param treesPerView 1 to 100; more say the same with less chance in it, and cost as much more
 * @param nodesPerTree 15 to 4,095; fewer blur what was seen
 * @param threshold of the score, above 0, at most 1, from which on a row is an anomaly
 * @param votes who is asked
 * @param deviation how far from the expected value an anomaly must be, and which way
 */
public record DetectorSettings(
    int warmUpRows,
    int cooldownRows,
    int memoryRows,
    int treesPerView,
    int nodesPerTree,
    double threshold,
    Votes votes,
    DeviationRule deviation) {
  /** Fewer rows are no range that anything could be outside of. */
  static final int LEAST_WARM_UP = 20;

  private static final int MOST_ROWS = 100_000;
  private static final int MOST_TREES = 100;
  private static final int FEWEST_NODES = 15;
  private static final int MOST_NODES = 4_095;
  private static final int LEAST_MEMORY = 1_000;

  /** Which parts of the detector vote; all do as shipped, the others show what each part is for. */
  public enum Votes {
    /** Forests and rules. */
    ALL,
    /** Only what goes beyond, or lies apart from, all that was seen; no tree is asked. */
    RULES,
    /** Only the trees. */
    FORESTS
  }

  /** Refuses what no series can be judged by. */
  public DetectorSettings {
    require("detector.warm_up_rows", warmUpRows, LEAST_WARM_UP, MOST_ROWS);
    require("detector.cooldown_rows", cooldownRows, 1, MOST_ROWS);
    require("detector.memory_rows", memoryRows, LEAST_MEMORY, Integer.MAX_VALUE);
    require("detector.trees_per_view", treesPerView, 1, MOST_TREES);
    require("detector.nodes_per_tree", nodesPerTree, FEWEST_NODES, MOST_NODES);
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "detector.threshold: must be above 0 and at most 1, was " + threshold);
    }
  }

  private static void require(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: must be %d to %d, was %d".formatted(key, least, most, value));
    }
  }

  /** What is shipped, and what is measured; one configuration for all series. */
  public static DetectorSettings shipped() {
    return new DetectorSettings(100, 90, 20_000, 2, 127, 0.5, Votes.ALL, DeviationRule.ANY);
  }

  /** The same with another threshold. */
  public DetectorSettings withThreshold(double other) {
    return new DetectorSettings(
        warmUpRows, cooldownRows, memoryRows, treesPerView, nodesPerTree, other, votes, deviation);
  }

  /** The same with other votes; their scores are not those the threshold is for. */
  public DetectorSettings withVotes(Votes others) {
    return new DetectorSettings(
        warmUpRows,
        cooldownRows,
        memoryRows,
        treesPerView,
        nodesPerTree,
        threshold,
        others,
        deviation);
  }

  /** The same, told of other deviations only. */
  public DetectorSettings withDeviation(DeviationRule other) {
    return new DetectorSettings(
        warmUpRows, cooldownRows, memoryRows, treesPerView, nodesPerTree, threshold, votes, other);
  }
}
