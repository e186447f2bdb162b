package io.tidewatch.analytics.series;

import java.io.Serializable;
import java.util.function.Consumer;

/** Which metrics of a window are series. */
@FunctionalInterface
public interface SeriesChoice<T> extends Serializable {

  /** Hands on one row for each metric that was chosen, always in the same order. */
  void rowsOf(T window, Consumer<SeriesRow> to);
}
