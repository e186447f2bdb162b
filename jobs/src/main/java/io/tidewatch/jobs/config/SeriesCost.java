package io.tidewatch.jobs.config;

import io.tidewatch.analytics.window.StateEstimate;
import io.tidewatch.analytics.window.StateLimits;
import io.tidewatch.analytics.window.WindowAggregate;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.PointWindowSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What one series of a kind costs.
 *
 * @param kind name of a telemetry model, or of what else a job has series of
 * @param file which file has its window
 * @param window by time or by points
 * @param estimate of its state and results
 */
public record SeriesCost(String kind, Path file, ModelWindow window, StateEstimate estimate) {

  /**
   * Of windows by time.
   *
   * @param aggregate of the job
   * @param key some series of the kind
   */
  public static <K> SeriesCost byTime(
      String kind, Path file, WindowAggregate<K, ?, ?, ?> aggregate, K key, EventTimeConfig time) {
    return new SeriesCost(
        kind,
        file,
        aggregate.window(key),
        StateEstimate.of(
            aggregate, key, time.maxOutOfOrderness(), time.allowedLateness(), time.maxAhead()));
  }

  /**
   * Of windows by points: their panes, without the records that wait for the watermark.
   *
   * @param aggregate of the job
   * @param key some series of the kind
   */
  public static <K> SeriesCost byPoints(
      String kind,
      Path file,
      PointWindowSpec window,
      WindowAggregate<K, ?, ?, ?> aggregate,
      K key) {
    return new SeriesCost(
        kind,
        file,
        window,
        StateEstimate.of(aggregate, key, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  /** Why no job may have such series: lines with file, key, rule and value. */
  public List<String> refusals() {
    if (window instanceof PointWindowSpec && estimate.inWindow() > StateLimits.MOST_PANES) {
      return inFile(
          List.of(
              "window.overlap: must cut a window into at most %,d panes, each the greatest common divisor of size and slide, was %,d"
                  .formatted(StateLimits.MOST_PANES, estimate.inWindow())));
    }
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
