package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.HeapBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many values lie in each slot of {@link CubicMapping}. Up to {@value #LONGEST_LIST} values are
 * kept as a list of their slots, two bytes each, in the order they came; more as {@link
 * SlotCounts}.
 *
 * <p>Adding to a list is writing behind the last: of a pane of a hundred values that touches four
 * lines of the cache, where counts would be spread over thirty.
 */
final class Bins {
  /** Where counts of ordinary series, 1 ms to 10 s, take eight times as much. */
  static final int LONGEST_LIST = 128;

  private static final int SHORTEST_LIST = 8;
  private static final char[] NO_SLOTS = new char[0];

  /** The slots of the values while there are no {@code counts}. */
  private char[] list = NO_SLOTS;

  /** How many values are in the list. */
  private int size;

  private @Nullable SlotCounts counts;

  /**
   * Bins of so many values each.
   *
   * @param slots ascending
   * @param howMany at least one in each
   */
  static Bins of(int[] slots, long[] howMany) {
    long total = 0;
    for (long count : howMany) {
      total += count;
    }
    Bins bins = new Bins();
    if (total > LONGEST_LIST) {
      bins.spread(slots[0], slots[slots.length - 1]);
    } else {
      bins.list = new char[(int) total];
    }
    for (int i = 0; i < slots.length; i++) {
      bins.add(slots[i], howMany[i]);
    }
    return bins;
  }

  /** Heap of more values than a list holds, so many slots from the least to the greatest. */
  static long heapBytes(int slots) {
    return HeapBytes.ofObject(2 * HeapBytes.REFERENCE + Integer.BYTES)
        + SlotCounts.heapBytes(slots);
  }

  /** How many values there are. */
  long total() {
    return counts == null ? size : counts.total();
  }

  /** Adds one value. */
  void add(int slot) {
    if (counts != null) {
      counts.add(slot);
    } else if (size < LONGEST_LIST) {
      if (size == list.length) {
        list = Arrays.copyOf(list, Math.max(SHORTEST_LIST, 2 * size));
      }
      list[size++] = (char) slot;
    } else {
      spread(slot, slot).add(slot);
    }
  }

  /** Adds so many values, at least one. */
  void add(int slot, long howMany) {
    if (counts == null && howMany <= LONGEST_LIST - size) {
      for (int i = 0; i < howMany; i++) {
        add(slot);
      }
    } else {
      (counts == null ? spread(slot, slot) : counts).add(slot, howMany);
    }
  }

  /** Adds all of another, which is not this very one. */
  void merge(Bins from) {
    if (from.counts != null) {
      SlotCounts theirs = from.counts;
      int last = theirs.last();
      if (last >= 0) {
        (counts == null ? spread(theirs.next(0), last) : counts).merge(theirs);
      }
    } else if (counts == null && size + from.size <= LONGEST_LIST) {
      if (size + from.size > list.length) {
        list = Arrays.copyOf(list, Math.min(LONGEST_LIST, Math.max(size + from.size, 2 * size)));
      }
      System.arraycopy(from.list, 0, list, size, from.size);
      size += from.size;
    } else if (from.size > 0) {
      int slot = from.list[0];
      (counts == null ? spread(slot, slot) : counts).add(from.list, from.size);
    }
  }

  /**
   * Takes out the values of another, all of which must have been added before.
   *
   * @throws IllegalArgumentException when they cannot have been
   */
  void subtract(Bins part) {
    if (counts == null) {
      subtractFromList(part);
    } else if (part.counts == null) {
      counts.subtract(part.list, part.size);
    } else {
      counts.subtract(part.counts);
    }
  }

  private void subtractFromList(Bins part) {
    if (part.counts == null
        && Arrays.mismatch(list, 0, size, part.list, 0, part.size) == part.size) {
      // What leaves a window is mostly what came to it first.
      System.arraycopy(list, part.size, list, 0, size - part.size);
      size -= part.size;
    } else if (part.total() > 0) {
      SlotCounts left = ordered();
      left.subtract(part.ordered());
      size = 0;
      for (int slot = left.next(0); slot >= 0; slot = left.next(slot + 1)) {
        add(slot, left.count(slot));
      }
    }
  }

  /**
   * Takes out one value.
   *
   * @return whether there was one in that slot
   */
  boolean takeOut(int slot) {
    if (counts != null) {
      return counts.takeOut(slot);
    }
    // What is taken back is mostly what came first.
    for (int i = 0; i < size; i++) {
      if (list[i] == slot) {
        System.arraycopy(list, i + 1, list, i, size - i - 1);
        size--;
        return true;
      }
    }
    return false;
  }

  /** Takes out of both what both have. */
  void settle(Bins other) {
    if (total() == 0 || other.total() == 0) {
      return;
    }
    SlotCounts mine = ordered();
    SlotCounts theirs = other.ordered();
    Bins both = new Bins();
    for (int slot = theirs.next(0); slot >= 0; slot = theirs.next(slot + 1)) {
      long shared = Math.min(mine.count(slot), theirs.count(slot));
      if (shared > 0) {
        both.add(slot, shared);
      }
    }
    subtract(both);
    other.subtract(both);
  }

  /** Slots of the values of those ranks in ascending order; −1 where a rank is negative. */
  int[] slotsAt(long[] ascendingRanks) {
    return ordered().slotsAt(ascendingRanks);
  }

  /** The same as counts; not to be changed. */
  SlotCounts ordered() {
    if (counts != null) {
      return counts;
    }
    return size == 0 ? SlotCounts.around(0, 0) : SlotCounts.of(list, size);
  }

  /** The last slot that holds a value; −1 when none does. */
  int last() {
    if (counts != null) {
      return counts.last();
    }
    int last = -1;
    for (int i = 0; i < size; i++) {
      last = Math.max(last, list[i]);
    }
    return last;
  }

  Bins copy() {
    Bins copy = new Bins();
    copy.list = list.clone();
    copy.size = size;
    copy.counts = counts == null ? null : counts.copy();
    return copy;
  }

  /** Makes counts of the list, with room for those slots. */
  private SlotCounts spread(int least, int greatest) {
    int low = least;
    int high = greatest;
    for (int i = 0; i < size; i++) {
      low = Math.min(low, list[i]);
      high = Math.max(high, list[i]);
    }
    SlotCounts spread = SlotCounts.around(low, high);
    spread.add(list, size);
    counts = spread;
    list = NO_SLOTS;
    size = 0;
    return spread;
  }
}
