package io.tidewatch.analytics.quantile;

import java.util.Arrays;

/** The slots of a few values, sorted; two bytes each. */
final class SlotList {
  /** Sorting in costs as much as counting up to about here, and it is one line of the cache. */
  static final int LONGEST = 32;

  private static final int SHORTEST = 8;
  private static final char[] NONE = new char[0];

  private char[] slots = NONE;
  private int size;

  int size() {
    return size;
  }

  int get(int i) {
    return slots[i];
  }

  void add(int slot) {
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, Math.max(SHORTEST, 2 * size));
    }
    int at = size;
    while (at > 0 && slots[at - 1] > slot) {
      slots[at] = slots[at - 1];
      at--;
    }
    slots[at] = (char) slot;
    size++;
  }

  /** Takes out so many values of a slot, which are there. */
  void remove(int slot, int howMany) {
    int at = firstFrom(slot);
    int behind = at + howMany;
    System.arraycopy(slots, behind, slots, at, size - behind);
    size -= howMany;
  }

  int count(int slot) {
    int at = firstFrom(slot);
    int end = at;
    while (end < size && slots[end] == slot) {
      end++;
    }
    return end - at;
  }

  /** Index of the first value in that slot or a later one; {@link #size} when there is none. */
  int firstFrom(int slot) {
    int at = 0;
    while (at < size && slots[at] < slot) {
      at++;
    }
    return at;
  }

  void clear() {
    slots = NONE;
    size = 0;
  }

  SlotList copy() {
    SlotList copy = new SlotList();
    copy.slots = slots.clone();
    copy.size = size;
    return copy;
  }
}
