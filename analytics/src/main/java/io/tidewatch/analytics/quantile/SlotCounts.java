package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.HeapBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many values lie in each slot, one {@code int} a slot between the least and the greatest; one
 * {@code long} once there are more values than an {@code int} counts.
 */
final class SlotCounts {
  private static final int[] NO_COUNTS = new int[0];

  /** Slots made beyond a value that lies outside: a factor of 1.37, so that it happens rarely. */
  private static final int SPARE = 16;

  /** Null once there is {@code wide}. */
  private int @Nullable [] counts;

  private long @Nullable [] wide;

  /** Where counts of another are laid beside those of the same slots; between calls only room. */
  private int[] beside = NO_COUNTS;

  /** Slot of the first element of {@code counts} or {@code wide}. */
  private int first;

  private long total;

  private SlotCounts(int first, int length) {
    this.first = first;
    this.counts = new int[length];
  }

  /** Without values, with room for those slots and some beside. */
  static SlotCounts around(int least, int greatest) {
    int first = Math.max(0, least - SPARE);
    return new SlotCounts(first, Math.min(CubicMapping.SLOTS, greatest + 1 + SPARE) - first);
  }

  /** Of the first so many values of a list, at least one of them, with room for them only. */
  static SlotCounts of(char[] slots, int size) {
    int least = slots[0];
    int greatest = least;
    for (int i = 1; i < size; i++) {
      least = Math.min(least, slots[i]);
      greatest = Math.max(greatest, slots[i]);
    }
    SlotCounts counts = new SlotCounts(least, greatest + 1 - least);
    counts.add(slots, size);
    return counts;
  }

  /** Heap for so many slots between the least and the greatest value. */
  static long heapBytes(int slots) {
    return HeapBytes.ofObject(3 * HeapBytes.REFERENCE + Integer.BYTES + Long.BYTES)
        + heapBytesOfRoom(slots);
  }

  /** Heap of {@code beside} for so many slots. */
  static long heapBytesOfRoom(int slots) {
    return HeapBytes.ofArray(Math.min(CubicMapping.SLOTS, slots + 2 * SPARE), Integer.BYTES);
  }

  /** How many values there are. */
  long total() {
    return total;
  }

  /** Adds one value. */
  void add(int slot) {
    int[] bins = counts;
    int at = slot - first;
    if (bins != null && total < Integer.MAX_VALUE && at >= 0 && at < bins.length) {
      bins[at]++;
      total++;
    } else {
      add(slot, 1);
    }
  }

  /** Adds so many values, at least one. */
  void add(int slot, long howMany) {
    makeRoom(slot, slot, howMany);
    change(slot - first, howMany);
    total += howMany;
  }

  /** Adds the first so many values of a list. */
  void add(char[] slots, int size) {
    for (int i = 0; i < size; i++) {
      add(slots[i]);
    }
  }

  /** Adds all of another, which is not this very one. */
  void merge(SlotCounts from) {
    int end = from.first + from.length();
    makeRoom(from.first, end - 1, from.total);
    int[] mine = counts;
    int[] theirs = from.counts;
    int shift = from.first - first;
    if (mine != null && theirs != null) {
      int[] same = beside(theirs, 0, shift, theirs.length);
      for (int i = shift; i < shift + theirs.length; i++) {
        mine[i] += same[i];
      }
    } else {
      for (int slot = from.first; slot < end; slot++) {
        change(slot - first, from.count(slot));
      }
    }
    total += from.total;
  }

  /**
   * Takes out the values of another, all of which must have been added before.
   *
   * @throws IllegalArgumentException when they cannot have been
   */
  void subtract(SlotCounts part) {
    int[] mine = counts;
    int[] theirs = part.counts;
    int start = Math.max(first, part.first) - first;
    int end = Math.min(length(), part.first - first + part.length());
    if (mine != null && theirs != null && part.total <= total && start <= end) {
      int[] same = beside(theirs, start + first - part.first, start, end - start);
      for (int i = start; i < end; i++) {
        mine[i] -= same[i];
      }
      total -= part.total;
      return;
    }
    for (int slot = part.next(0); slot >= 0; slot = part.next(slot + 1)) {
      remove(slot, part.count(slot));
    }
  }

  /** Takes out the first so many values of a list, as {@link #subtract(SlotCounts)}. */
  void subtract(char[] slots, int size) {
    for (int i = 0; i < size; i++) {
      remove(slots[i], 1);
    }
  }

  /**
   * Takes out one value.
   *
   * @return whether there was one in that slot
   */
  boolean takeOut(int slot) {
    if (count(slot) == 0) {
      return false;
    }
    change(slot - first, -1);
    total--;
    return true;
  }

  private void remove(int slot, long howMany) {
    if (count(slot) < howMany) {
      throw new IllegalArgumentException(
          "part: must have been added, was not: %d values in slot %d".formatted(howMany, slot));
    }
    change(slot - first, -howMany);
    total -= howMany;
  }

  /** The compiler adds up in vectors what lies at the same places of two arrays. */
  private int[] beside(int[] theirs, int from, int to, int length) {
    if (beside.length < to + length) {
      beside = new int[length()];
    }
    System.arraycopy(theirs, from, beside, to, length);
    return beside;
  }

  /** Slots of the values of those ranks in ascending order; −1 where a rank is negative. */
  int[] slotsAt(long[] ascendingRanks) {
    int[] slots = new int[ascendingRanks.length];
    long before = 0;
    int at = 0;
    for (int i = 0; i < slots.length; i++) {
      long rank = ascendingRanks[i];
      if (rank < 0) {
        slots[i] = -1;
      } else {
        for (int eight = eightFrom(at); eight >= 0 && before + eight <= rank; ) {
          before += eight;
          at += 8;
          eight = eightFrom(at);
        }
        while (before + at(at) <= rank) {
          before += at(at);
          at++;
        }
        slots[i] = first + at;
      }
    }
    return slots;
  }

  /**
   * Eight counts at once, without waiting for the sum of those before; −1 where there are fewer.
   */
  private int eightFrom(int i) {
    int[] bins = counts;
    if (bins == null || i + 8 > bins.length) {
      return -1;
    }
    return (bins[i] + bins[i + 1] + bins[i + 2] + bins[i + 3])
        + (bins[i + 4] + bins[i + 5] + bins[i + 6] + bins[i + 7]);
  }

  /** How many values lie in the slot. */
  long count(int slot) {
    return slot < first || slot >= first + length() ? 0 : at(slot - first);
  }

  /** The first slot from there on that holds a value; −1 when none does. */
  int next(int slot) {
    int at = Math.max(0, slot - first);
    int[] bins = counts;
    int length = length();
    if (bins != null) {
      while (at < length && bins[at] == 0) {
        at++;
      }
    } else {
      while (at < length && at(at) == 0) {
        at++;
      }
    }
    return at < length ? first + at : -1;
  }

  /** The last slot that holds a value; −1 when none does. */
  int last() {
    int at = length() - 1;
    while (at >= 0 && at(at) == 0) {
      at--;
    }
    return at < 0 ? -1 : first + at;
  }

  /** How many slots there can be from the first that holds a value to the last. */
  int length() {
    return counts != null ? counts.length : wide != null ? wide.length : 0;
  }

  SlotCounts copy() {
    SlotCounts copy = new SlotCounts(first, 0);
    copy.counts = counts == null ? null : counts.clone();
    copy.wide = wide == null ? null : wide.clone();
    copy.total = total;
    return copy;
  }

  private long at(int i) {
    return counts != null ? counts[i] : wide != null ? wide[i] : 0;
  }

  private void change(int at, long by) {
    if (counts != null) {
      counts[at] += (int) by;
    } else if (wide != null) {
      wide[at] += by;
    }
  }

  /** Makes an array of counts that holds these slots, and so many values more. */
  private void makeRoom(int least, int greatest, long more) {
    int end = first + length();
    if (least < first || greatest >= end) {
      int newFirst = least < first ? Math.max(0, least - SPARE) : first;
      int newEnd = greatest < end ? end : Math.min(CubicMapping.SLOTS, greatest + 1 + SPARE);
      if (counts != null) {
        int[] grown = new int[newEnd - newFirst];
        System.arraycopy(counts, 0, grown, first - newFirst, counts.length);
        counts = grown;
      } else if (wide != null) {
        long[] grown = new long[newEnd - newFirst];
        System.arraycopy(wide, 0, grown, first - newFirst, wide.length);
        wide = grown;
      }
      first = newFirst;
    }
    if (counts != null && more > Integer.MAX_VALUE - total) {
      wide = Arrays.stream(counts).asLongStream().toArray();
      counts = null;
    }
  }
}
