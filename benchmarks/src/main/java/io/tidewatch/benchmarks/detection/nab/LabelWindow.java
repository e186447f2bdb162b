package io.tidewatch.benchmarks.detection.nab;

/**
 * A labelled anomaly: rows of which one should be reported, best the first.
 *
 * @param first row, from 0
 * @param last row, the last that counts, at least {@code first}
 */
public record LabelWindow(int first, int last) {

  /** Refuses what is no range of rows. */
  public LabelWindow {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException(
          "window: must be 0 ≤ first ≤ last, was %d to %d".formatted(first, last));
    }
  }

  int rows() {
    return last - first + 1;
  }

  /** Whether it holds the row. */
  public boolean holds(int row) {
    return first <= row && row <= last;
  }
}
