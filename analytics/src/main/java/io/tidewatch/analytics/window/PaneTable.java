package io.tidewatch.analytics.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The panes of many series that end at the same time, found by key. A key is looked up for every
 * record, mostly in a table that has it, so what is read on the way lies flat: one word a slot
 * holds the hash and where the pane is, and only a key with that very hash is looked at (D. E.
 * Knuth, The Art of Computer Programming, vol. 3, 6.4, algorithm L: linear probing). Panes are in
 * the order in which they were added; nothing is removed.
 *
 * <p>Memory: 16 to 32 bytes a pane for slots, 16 for the rest, accumulators apart.
 *
 * @param <K> key of a series, with value equality
 * @param <A> accumulator of a pane
 */
final class PaneTable<K, A> {
  /** Clocks that are ahead have tables of their own, of few panes. */
  private static final int LEAST_CAPACITY = 8;

  /** Spreads hashes over the slots that differ in few bits, as those of numbers do: 2^32 / φ. */
  private static final int SPREAD = 0x9E3779B9;

  private static final long INDEX = 0xFFFF_FFFFL;

  private final long endMs;

  /** Hash above, index of the pane plus 1 below; 0 is free. At most half are taken. */
  private long[] slots = new long[2 * LEAST_CAPACITY];

  /** Bits of a hash that do not choose its slot. */
  private int shift = Integer.numberOfLeadingZeros(2 * LEAST_CAPACITY) + 1;

  private @Nullable Object[] keys = new Object[LEAST_CAPACITY];
  private @Nullable Object[] accumulators = new Object[LEAST_CAPACITY];
  private long[] startsMs = new long[LEAST_CAPACITY];
  private int size;

  /** No pane starts before that. */
  private long earliestMs = Long.MAX_VALUE;

  /**
   * @param endMs where all panes end
   */
  PaneTable(long endMs) {
    this.endMs = endMs;
  }

  long endMs() {
    return endMs;
  }

  int size() {
    return size;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // what add put there
  K key(int i) {
    return (K) keys[i];
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // what add put there
  A get(int i) {
    return (A) accumulators[i];
  }

  long startMs(int i) {
    return startsMs[i];
  }

  /** Whether a pane of such a time may be here. */
  boolean mayHold(long eventTimeMs) {
    return eventTimeMs < endMs && eventTimeMs >= earliestMs;
  }

  /** Where the pane of that key is; negative when there is none. */
  int find(K key) {
    int hash = key.hashCode();
    int mask = slots.length - 1;
    for (int at = slot(hash); slots[at] != 0; at = (at + 1) & mask) {
      if ((int) (slots[at] >>> Integer.SIZE) == hash) {
        int i = (int) (slots[at] & INDEX) - 1;
        if (key.equals(keys[i])) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Adds the pane of a key that has none here. */
  void add(K key, long startMs, A accumulator) {
    if (size == keys.length) {
      grow();
    }
    keys[size] = key;
    accumulators[size] = accumulator;
    startsMs[size] = startMs;
    earliestMs = Math.min(earliestMs, startMs);
    size++;
    take((long) key.hashCode() << Integer.SIZE | size);
  }

  private void grow() {
    int capacity = 2 * keys.length;
    keys = Arrays.copyOf(keys, capacity);
    accumulators = Arrays.copyOf(accumulators, capacity);
    startsMs = Arrays.copyOf(startsMs, capacity);
    long[] old = slots;
    slots = new long[2 * capacity];
    shift--;
    for (long taken : old) {
      if (taken != 0) {
        take(taken);
      }
    }
  }

  private void take(long word) {
    int mask = slots.length - 1;
    int at = slot((int) (word >>> Integer.SIZE));
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = word;
  }

  private int slot(int hash) {
    return (hash * SPREAD) >>> shift;
  }
}
