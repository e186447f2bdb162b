package io.tidewatch.testkit;

import io.tidewatch.schemas.model.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Sliding windows the naive way: every record is copied into each window that covers it. Shares no
 * code with the product.
 */
public final class WindowOracle {
  private WindowOracle() {}

  /** The records of each window that holds any, by window end in milliseconds. */
  public static <T> Map<Long, List<T>> windows(
      List<T> records, ToLongFunction<T> eventTimeMs, WindowSpec window) {
    TreeMap<Long, List<T>> windows = new TreeMap<>();
    long sizeMs = window.size().toMillis();
    long slideMs = window.slide().toMillis();
    for (T record : records) {
      long timeMs = eventTimeMs.applyAsLong(record);
      long endMs = Math.floorDiv(timeMs, slideMs) * slideMs + slideMs;
      for (; endMs - sizeMs <= timeMs; endMs += slideMs) {
        windows.computeIfAbsent(endMs, end -> new ArrayList<>()).add(record);
      }
    }
    return windows;
  }
}
