package io.tidewatch.analytics.window;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Records of many series that wait until the watermark has passed them, in front of the state of
 * their keys: those of a key are then handed on together, in order of event time, so that its state
 * is touched once a watermark and not once a record.
 *
 * <p>Memory: the records, at most {@code maxRecords} of them, and about 100 bytes for each time of
 * a key. Not for use by several threads.
 *
 * @param <K> key of a series, with value equality
 * @param <I> input record
 */
public final class PointBuffer<K, I> {

  /**
   * Takes what leaves the buffer.
   *
   * @param <E> what may go wrong
   */
  @FunctionalInterface
  public interface Sink<K, I, E extends Exception> {
    /**
     * @param points by event time, at least one; valid during the call, the lists also afterwards
     */
    void accept(K key, SortedMap<Long, List<I>> points) throws E;
  }

  private final int maxRecords;
  private final Map<K, TreeMap<Long, List<I>>> byKey = new LinkedHashMap<>();
  private int records;

  /** No record waits that is earlier. */
  private long earliestMs = Long.MAX_VALUE;

  /**
   * @param maxRecords when so many are held, the buffer is full; 1 or more
   */
  public PointBuffer(int maxRecords) {
    if (maxRecords < 1) {
      throw new IllegalArgumentException("max_records: must be ≥ 1, was " + maxRecords);
    }
    this.maxRecords = maxRecords;
  }

  /** Adds a record. */
  public void add(K key, I record, long eventTimeMs) {
    byKey
        .computeIfAbsent(key, unused -> new TreeMap<>())
        .computeIfAbsent(eventTimeMs, unused -> new ArrayList<>(1))
        .add(record);
    earliestMs = Math.min(earliestMs, eventTimeMs);
    records++;
  }

  /** Whether it must be flushed before the next record. */
  public boolean isFull() {
    return records >= maxRecords;
  }

  /** Records held. */
  public int records() {
    return records;
  }

  /** Hands on the records at or before the watermark, key by key. */
  public <E extends Exception> void flushPassed(long watermarkMs, Sink<K, I, E> sink) throws E {
    if (earliestMs > watermarkMs) {
      return;
    }
    earliestMs = Long.MAX_VALUE;
    Iterator<Map.Entry<K, TreeMap<Long, List<I>>>> keys = byKey.entrySet().iterator();
    while (keys.hasNext()) {
      Map.Entry<K, TreeMap<Long, List<I>>> entry = keys.next();
      TreeMap<Long, List<I>> waiting = entry.getValue();
      SortedMap<Long, List<I>> passed =
          waiting.lastKey() <= watermarkMs ? waiting : waiting.headMap(watermarkMs, true);
      if (!passed.isEmpty()) {
        passed.values().forEach(sameTime -> records -= sameTime.size());
        sink.accept(entry.getKey(), passed);
        passed.clear();
      }
      if (waiting.isEmpty()) {
        keys.remove();
      } else {
        earliestMs = Math.min(earliestMs, waiting.firstKey());
      }
    }
  }

  /** Hands on all records, key by key. */
  public <E extends Exception> void flush(Sink<K, I, E> sink) throws E {
    flushPassed(Long.MAX_VALUE, sink);
  }
}
