package io.tidewatch.schemas.dataset;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many rows of a part have which label.
 *
 * @param counts rows by label, at least 1 each
 * @param unlabelled rows without label, at least 0
 */
public record ClassCounts(SortedMap<String, Long> counts, long unlabelled) {

  public ClassCounts {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    counts.forEach(
        (label, rows) -> {
          if (rows < 1) {
            throw new IllegalArgumentException(
                "counts: must be ≥ 1, was %d of label '%s'".formatted(rows, label));
          }
        });
    if (unlabelled < 0) {
      throw new IllegalArgumentException("unlabelled: must be ≥ 0, was " + unlabelled);
    }
  }

  /** Rows with and without label. */
  public long rows() {
    return unlabelled + counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
