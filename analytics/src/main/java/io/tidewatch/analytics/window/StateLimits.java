package io.tidewatch.analytics.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a configuration may cost. Each finding is a line that begins with the key at fault.
 *
 * <p>The limits are on one series, since nobody knows beforehand how many there will be.
 */
public final class StateLimits {
  /**
   * Most panes in a window. Each record is in that many results, and a fire in which a series comes
   * to a new block merges that many panes at once; a day each 10 seconds is below it.
   */
  public static final int MOST_PANES = 10_000;

  /** Above it a warning: more results than anybody looks at, an hour each 3.6 seconds. */
  public static final int MANY_PANES = 1_000;

  /**
   * Most bytes of heap of one series at worst. State of a series is one value, copied as a whole
   * when a record comes while a checkpoint is written; a dozen series of this size fill the heap of
   * a TaskManager of 2 GiB, as shipped.
   */
  public static final long MOST_BYTES = 64L << 20;

  /** Above it a warning: some hundred series fill that heap. */
  public static final long MANY_BYTES = 4L << 20;

  /** Above it a warning where lateness is allowed: rows that one late record may write. */
  public static final int MANY_CORRECTIONS = 100;

  /**
   * Above it a warning: TimescaleDB compresses rows of that age ({@code add_compression_policy} in
   * the migrations), and a correction of one of them decompresses what lies around it.
   */
  public static final Duration LONG_LATENESS = Duration.ofDays(2);

  private StateLimits() {}

  /** Why such a series must not be run; empty when it may. */
  public static List<String> refusals(StateEstimate estimate) {
    List<String> lines = new ArrayList<>();
    if (estimate.inWindow() > MOST_PANES) {
      lines.add(slide(estimate, MOST_PANES));
    }
    if (estimate.heap().worst() > MOST_BYTES) {
      lines.add(
          "window: must need at most %s of heap a key, was %s at worst: %s"
              .formatted(HeapBytes.text(MOST_BYTES), worst(estimate), panes(estimate)));
    }
    return lines;
  }

  /** What should be thought about; nothing that is refused. */
  public static List<String> warnings(StateEstimate estimate) {
    List<String> lines = new ArrayList<>();
    if (estimate.inWindow() > MANY_PANES && estimate.inWindow() <= MOST_PANES) {
      lines.add(slide(estimate, MANY_PANES).replace("must", "should"));
    }
    long worst = estimate.heap().worst();
    if (worst > MANY_BYTES && worst <= MOST_BYTES) {
      lines.add(
          "window: should need at most %s of heap a key, was %s at worst: %s"
              .formatted(HeapBytes.text(MANY_BYTES), worst(estimate), panes(estimate)));
    }
    if (estimate.lateness() > 0 && estimate.inWindow() > MANY_CORRECTIONS) {
      lines.add(
          "event_time.allowed_lateness: should be PT0S with more than %d panes a window, was not:"
                  .formatted(MANY_CORRECTIONS)
              + " a late record writes up to %d rows".formatted(estimate.inWindow()));
    }
    Duration lateness = estimate.window().slide().multipliedBy(estimate.lateness());
    if (lateness.minus(estimate.window().slide()).compareTo(LONG_LATENESS) >= 0) {
      lines.add(
          "event_time.allowed_lateness: should be ≤ %s, when rows are compressed, was %s: a late record decompresses rows"
              .formatted(LONG_LATENESS, lateness));
    }
    return lines;
  }

  private static String slide(StateEstimate estimate, int most) {
    Duration size = estimate.window().size();
    return "window.slide: must be ≥ %s (size %s / %d), was %s"
        .formatted(
            Duration.ofMillis(-Math.floorDiv(-size.toMillis(), (long) most)),
            size,
            most,
            estimate.window().slide());
  }

  private static String worst(StateEstimate estimate) {
    return HeapBytes.text((double) estimate.heap().worst());
  }

  private static String panes(StateEstimate estimate) {
    return "%d panes of size / slide, %d of event_time.allowed_lateness"
            .formatted(estimate.inWindow(), estimate.lateness())
        + ", %d of max_out_of_orderness, %d of max_ahead"
            .formatted(estimate.disorder(), estimate.ahead());
  }
}
