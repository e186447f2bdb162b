package io.tidewatch.analytics.feature;

import java.util.function.IntBinaryOperator;

/**
 * The order of rows that lie in arrays, by merging runs that are in order already: no boxing, and
 * of rows that came nearly in order little work. Equal rows stay as they are.
 */
final class MergeOrder {

  private MergeOrder() {}

  /**
   * Indexes of the rows in ascending order.
   *
   * @param rows how many
   * @param compare compares the rows of two indexes
   */
  static int[] of(int rows, IntBinaryOperator compare) {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    int[] merged = new int[rows];
    while (mergeRuns(order, merged, compare) > 1) {
      int[] swap = order;
      order = merged;
      merged = swap;
    }
    return order;
  }

  /** Merges each two runs; returns how many runs there were. */
  private static int mergeRuns(int[] from, int[] to, IntBinaryOperator compare) {
    int runs = 0;
    for (int start = 0; start < from.length; ) {
      int middle = runEnd(from, start, compare);
      int end = middle < from.length ? runEnd(from, middle, compare) : middle;
      runs += middle < from.length ? 2 : 1;
      int left = start;
      int right = middle;
      for (int at = start; at < end; at++) {
        boolean takeLeft =
            right == end || (left < middle && compare.applyAsInt(from[left], from[right]) <= 0);
        to[at] = takeLeft ? from[left++] : from[right++];
      }
      start = end;
    }
    return runs;
  }

  private static int runEnd(int[] order, int start, IntBinaryOperator compare) {
    int end = start + 1;
    while (end < order.length && compare.applyAsInt(order[end - 1], order[end]) <= 0) {
      end++;
    }
    return end;
  }
}
