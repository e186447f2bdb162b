package io.tidewatch.jobs.config;

import io.tidewatch.analytics.window.StateEstimate;
import io.tidewatch.analytics.window.StateLimits;
import io.tidewatch.analytics.window.WindowAggregate;
import java.nio.file.Path;
import java.util.List;

/**
 * What one series of a kind costs.
 *
 * @param kind name of a telemetry model, or of what else a job has series of
 * @param file which file has its window
 * @param estimate of its state and results
 */
public record SeriesCost(String kind, Path file, StateEstimate estimate) {

  /**
   * @param aggregate of the job
   * @param key some series of the kind
   */
  public static <K> SeriesCost of(
      String kind, Path file, WindowAggregate<K, ?, ?, ?> aggregate, K key, EventTimeConfig time) {
    return new SeriesCost(
        kind,
        file,
        StateEstimate.of(
            aggregate, key, time.maxOutOfOrderness(), time.allowedLateness(), time.maxAhead()));
  }

  /** Why no job may have such series: lines with file, key, rule and value. */
  public List<String> refusals() {
    return inFile(StateLimits.refusals(estimate));
  }

  /** What should be thought about, in such lines. */
  public List<String> warnings() {
    return inFile(StateLimits.warnings(estimate));
  }

  private List<String> inFile(List<String> lines) {
    return lines.stream().map(line -> file + ": " + line).toList();
  }
}
