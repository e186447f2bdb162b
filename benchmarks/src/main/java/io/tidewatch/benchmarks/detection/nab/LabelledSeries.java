package io.tidewatch.benchmarks.detection.nab;

import java.util.List;

/**
 * One file of the corpus.
 *
 * @param path relative to the folder of the corpus, {@code realTweets/Twitter_volume_AAPL.csv}
 * @param timesMs one a row, milliseconds since 1970 as if the file were in UTC; may repeat or go
 *     back, as some of NAB's do where clocks were changed
 * @param values one a row, {@code NaN} where one is missing
 * @param windows ordered, apart from each other
 */
public record LabelledSeries(
    String path, long[] timesMs, double[] values, List<LabelWindow> windows) {

  /** Refuses no rows, rows without time, and windows that overlap or lie beyond the rows. */
  public LabelledSeries {
    if (values.length == 0) {
      throw new IllegalArgumentException(path + ": must have at least one row, had none");
    }
    if (timesMs.length != values.length) {
      throw new IllegalArgumentException(
          "%s: must have one time a value, had %d times, %d values"
              .formatted(path, timesMs.length, values.length));
    }
    int free = 0;
    for (LabelWindow window : windows) {
      if (window.first() < free || window.last() >= values.length) {
        throw new IllegalArgumentException(
            "%s: windows must be ordered, apart, and within the %d rows, one was %d to %d"
                .formatted(path, values.length, window.first(), window.last()));
      }
      free = window.last() + 1;
    }
    windows = List.copyOf(windows);
  }

  /** How many. */
  public int rows() {
    return values.length;
  }

  /** The folder it lies in; {@code .} where it lies in none. */
  public String group() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : path.substring(0, slash);
  }

  /** Whether the row lies in a window. */
  public boolean labelled(int row) {
    return windows.stream().anyMatch(window -> window.holds(row));
  }
}
