package io.tidewatch.benchmarks.detection;

import java.util.List;

/**
 * What the forest of the anomaly job made of windows.
 *
 * @param shares how many were flagged, the shipped margin first
 * @param ranked the same windows by their scores, and by what the shipped margin flags
 */
record NormalResults(List<NormalShare> shares, List<AsdResult> ranked) {

  static NormalResults together(List<NormalResults> parts) {
    return new NormalResults(
        parts.stream().flatMap(part -> part.shares.stream()).toList(),
        parts.stream().flatMap(part -> part.ranked.stream()).toList());
  }
}
