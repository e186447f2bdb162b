package io.tidewatch.analytics.quantile;

import io.tidewatch.analytics.window.HeapBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many values lie in each slot of {@link CubicMapping}. Few values are kept as a sorted list of
 * their slots, two bytes each; more as an {@code int} a slot between the least and the greatest; as
 * a {@code long} a slot once there are more values than an {@code int} counts.
 */
final class Bins {

  private static final int[] NO_COUNTS = new int[0];

  /** Slots made beyond a value that lies outside: a factor of 1.37, so that it happens rarely. */
  private static final int SPARE = 16;

  /** The values themselves while there is neither {@code counts} nor {@code wide}. */
  private SlotList list = new SlotList();

  private int @Nullable [] counts;
  private long @Nullable [] wide;

  /** Where counts of another are laid beside those of the same slots; between calls only room. */
  private int[] beside = NO_COUNTS;

  /** Slot of the first element of {@code counts} or {@code wide}. */
  private int first;

  private long total;

  /** Heap of an {@code int} a slot, for so many slots between the least and the greatest value. */
  static long heapBytes(int slots) {
    return HeapBytes.ofObject(4 * HeapBytes.REFERENCE + Integer.BYTES + Long.BYTES)
        + HeapBytes.ofObject(HeapBytes.REFERENCE + Integer.BYTES) // the list, empty
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
    if (bins != null && total < Integer.MAX_VALUE) {
      int at = slot - first;
      if (at >= 0 && at < bins.length) {
        bins[at]++;
        total++;
        return;
      }
    }
    add(slot, 1);
  }

  /** Adds so many values, at least one. */
  void add(int slot, long howMany) {
    if (isList() && total + howMany <= SlotList.LONGEST) {
      for (int i = 0; i < howMany; i++) {
        list.add(slot);
      }
      total += howMany;
      return;
    }
    makeRoom(slot, slot, howMany);
    change(slot - first, howMany);
    total += howMany;
  }

  /** Adds all of another, which is not this very one. */
  void merge(Bins from) {
    if (from.isList()) {
      for (int i = 0; i < from.total; i++) {
        add(from.list.get(i));
      }
      return;
    }
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
  void subtract(Bins part) {
    int[] mine = counts;
    int[] theirs = part.counts;
    if (mine != null && theirs != null && part.total <= total) {
      int start = Math.max(first, part.first) - first;
      int end = Math.min(mine.length, part.first - first + theirs.length);
      int[] same = beside(theirs, start + first - part.first, start, end - start);
      for (int i = start; i < end; i++) {
        mine[i] -= same[i];
      }
      total -= part.total;
      return;
    }
    if (!isList() && part.isList()) {
      for (int i = 0; i < part.total; i++) {
        remove(part.list.get(i), 1);
      }
      return;
    }
    for (int slot = part.next(0); slot >= 0; slot = part.next(slot + 1)) {
      remove(slot, part.count(slot));
    }
  }

  /** The compiler adds up in vectors what lies at the same places of two arrays. */
  private int[] beside(int[] theirs, int from, int to, int length) {
    if (beside.length < to + length) {
      beside = new int[length()];
    }
    System.arraycopy(theirs, from, beside, to, length);
    return beside;
  }

  private void remove(int slot, long howMany) {
    if (count(slot) < howMany) {
      throw new IllegalArgumentException(
          "part: must have been added, was not: %d values in slot %d".formatted(howMany, slot));
    }
    if (isList()) {
      list.remove(slot, (int) howMany);
    } else {
      change(slot - first, -howMany);
    }
    total -= howMany;
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
      } else if (isList()) {
        slots[i] = list.get((int) rank);
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
    if (isList()) {
      return list.count(slot);
    }
    return slot < first || slot >= first + length() ? 0 : at(slot - first);
  }

  /** The first slot from there on that holds a value; −1 when none does. */
  int next(int slot) {
    if (isList()) {
      int at = list.firstFrom(slot);
      return at < total ? list.get(at) : -1;
    }
    for (int at = Math.max(0, slot - first); at < length(); at++) {
      if (at(at) != 0) {
        return first + at;
      }
    }
    return -1;
  }

  /** The last slot that holds a value; −1 when none does. */
  int last() {
    if (isList()) {
      return total == 0 ? -1 : list.get(list.size() - 1);
    }
    int at = length() - 1;
    while (at >= 0 && at(at) == 0) {
      at--;
    }
    return at < 0 ? -1 : first + at;
  }

  Bins copy() {
    Bins copy = new Bins();
    copy.list = list.copy();
    copy.counts = counts == null ? null : counts.clone();
    copy.wide = wide == null ? null : wide.clone();
    copy.first = first;
    copy.total = total;
    return copy;
  }

  private boolean isList() {
    return counts == null && wide == null;
  }

  private int length() {
    return counts != null ? counts.length : wide != null ? wide.length : 0;
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
    if (isList()) {
      spread(least, greatest);
    } else if (least < first || greatest >= first + length()) {
      int newFirst = least < first ? Math.max(0, least - SPARE) : first;
      int end = first + length();
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

  private void spread(int least, int greatest) {
    int low = total == 0 ? least : Math.min(least, list.get(0));
    int high = total == 0 ? greatest : Math.max(greatest, list.get(list.size() - 1));
    first = Math.max(0, low - SPARE);
    int[] spread = new int[Math.min(CubicMapping.SLOTS, high + 1 + SPARE) - first];
    for (int i = 0; i < total; i++) {
      spread[list.get(i) - first]++;
    }
    counts = spread;
    list.clear();
  }
}
