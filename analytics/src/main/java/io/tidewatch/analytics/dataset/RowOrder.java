package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.LabelledVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts rows that come by the end of their window into the one order of a data set: by end, device,
 * start, however many threads made them.
 *
 * <p>Memory: the rows that end together, one a device where windows have one size. Mutable, not for
 * several threads.
 */
public final class RowOrder {
  private static final Comparator<LabelledVector> WITHIN_AN_END =
      Comparator.comparing((LabelledVector row) -> row.vector().deviceId())
          .thenComparingLong(row -> row.vector().windowStartMs());

  private final List<LabelledVector> together = new ArrayList<>();

  /**
   * Takes a row, and hands on those that end before it.
   *
   * @throws IllegalArgumentException when it ends before one that was taken
   */
  public void add(LabelledVector row, Consumer<LabelledVector> out) {
    if (!together.isEmpty()) {
      long beforeMs = together.get(0).vector().windowEndMs();
      long endMs = row.vector().windowEndMs();
      if (endMs < beforeMs) {
        throw new IllegalArgumentException(
            "rows: must come by the end of their window, was %s behind %s"
                .formatted(Instant.ofEpochMilli(endMs), Instant.ofEpochMilli(beforeMs)));
      }
      if (endMs > beforeMs) {
        finish(out);
      }
    }
    together.add(row);
  }

  /** Hands on what is left: there are no more. */
  public void finish(Consumer<LabelledVector> out) {
    together.sort(WITHIN_AN_END);
    together.forEach(out);
    together.clear();
  }
}
