package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.ClassCounts;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How many rows have which label. Memory: an entry a label. Mutable, not for several threads. */
public final class ClassTally {
  private final SortedMap<String, Long> labelled = new TreeMap<>();
  private long unlabelled;

  /**
   * Adds one row.
   *
   * @param label null when it has none
   */
  public void add(@Nullable String label) {
    if (label == null) {
      unlabelled++;
    } else {
      labelled.merge(label, 1L, Long::sum);
    }
  }

  /** What was added so far. */
  public ClassCounts counts() {
    return new ClassCounts(labelled, unlabelled);
  }
}
