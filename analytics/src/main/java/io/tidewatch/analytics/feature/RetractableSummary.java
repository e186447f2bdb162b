package io.tidewatch.analytics.feature;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Sums and extremes of one field, from which records can be taken back, in any order and even
 * before they were added. A {@link FeaturePane} cannot tell the least and the greatest of the
 * values that are left; this keeps how often each value is there, so all it tells is what a pane of
 * the records left would tell, to the last bit.
 *
 * <p>Memory: about 64 bytes a different value, beside two panes. Mutable, not for use by several
 * threads.
 */
public final class RetractableSummary {
  private final FeaturePane added;
  private final FeaturePane taken;

  /** How often each value was added, less how often it was taken back; never 0. */
  private final NavigableMap<Double, Long> counts;

  private final double[] record = new double[1];

  /** Without records. */
  public RetractableSummary() {
    this(new FeaturePane(1), new FeaturePane(1), new TreeMap<>());
  }

  /** Takes all over. */
  RetractableSummary(FeaturePane added, FeaturePane taken, NavigableMap<Double, Long> counts) {
    this.added = added;
    this.taken = taken;
    this.counts = counts;
  }

  /** Adds a record. Its value is missing when it is not finite. */
  public void add(double value) {
    record[0] = value;
    added.add(record);
    count(value, 1);
  }

  /** Takes a record of that value back, or one whose value is missing when it is not finite. */
  public void retract(double value) {
    record[0] = value;
    taken.add(record);
    count(value, -1);
  }

  private void count(double value, long more) {
    if (Double.isFinite(value)) {
      counts.merge(
          value, more, (before, by) -> before + by == 0 ? null : Long.valueOf(before + by));
    }
  }

  /** Adds all that was added to another and takes back what was taken back from it. */
  public void merge(RetractableSummary from) {
    added.merge(from.added);
    taken.merge(from.taken);
    Map.copyOf(from.counts).forEach(this::count);
  }

  /**
   * The records added and not taken back. Without records while one is missing that was taken back
   * before it came.
   */
  public FeaturePane summary() {
    if (taken.records() > added.records() || taken.count(0) > added.count(0)) {
      return new FeaturePane(1);
    }
    FeaturePane left = added.copy();
    left.subtract(taken);
    if (left.count(0) > 0) {
      Extremes extremes = new Extremes(1);
      extremes.set(0, first(counts), first(counts.descendingMap()));
      left.extremes(extremes);
    }
    return left;
  }

  /** The first that is there. */
  private static double first(Map<Double, Long> ordered) {
    for (Map.Entry<Double, Long> each : ordered.entrySet()) {
      if (each.getValue() > 0) {
        return each.getKey();
      }
    }
    return Double.NaN;
  }

  FeaturePane added() {
    return added;
  }

  FeaturePane taken() {
    return taken;
  }

  NavigableMap<Double, Long> counts() {
    return counts;
  }

  /** An independent copy. */
  public RetractableSummary copy() {
    return new RetractableSummary(added.copy(), taken.copy(), new TreeMap<>(counts));
  }

  @Override
  public String toString() {
    return "RetractableSummary[%s of %d values]".formatted(summary(), counts.size());
  }
}
