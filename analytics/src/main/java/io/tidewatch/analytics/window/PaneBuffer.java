package io.tidewatch.analytics.window;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first phase of two: records are added up to one partial a key and pane before they are sent
 * to where the windows of their key are. A partial holds records of one pane only, so it can be
 * merged into that pane whenever it comes, into however many partials the pane was cut.
 *
 * <p>Memory: an accumulator each partial, at most {@code maxPartials} of them. Not for use by
 * several threads.
 *
 * @param <K> key of a series, with value equality
 * @param <I> input record
 * @param <A> accumulator of a pane
 */
public final class PaneBuffer<K, I, A> {

  /** Takes the partials. */
  @FunctionalInterface
  public interface Sink<K, A> {
    /**
     * @param startMs start of the pane
     * @param partial some records of that pane; the buffer has let go of it
     */
    void accept(K key, long startMs, A partial);
  }

  private final WindowAggregate<K, I, A, ?> aggregate;
  private final int maxPartials;
  private final TreeMap<Long, Map<K, A>> byEndMs = new TreeMap<>();
  private final PaneStarts starts = new PaneStarts();

  /** The panes that the last record was added to: the next one mostly belongs there too. */
  private @Nullable Map<K, A> latest;

  private long latestEndMs;
  private int partials;

  /**
   * @param maxPartials when so many are held, the buffer is full; 1 or more
   */
  public PaneBuffer(WindowAggregate<K, I, A, ?> aggregate, int maxPartials) {
    if (maxPartials < 1) {
      throw new IllegalArgumentException("max_partials: must be ≥ 1, was " + maxPartials);
    }
    this.aggregate = aggregate;
    this.maxPartials = maxPartials;
  }

  /**
   * Adds a record to the partial of its pane, unless the watermark has closed that.
   *
   * @return whether the record was added
   */
  public boolean add(K key, I record, long eventTimeMs, long watermarkMs) {
    long slideMs = aggregate.window(key).slideMs();
    long endMs = starts.of(eventTimeMs, slideMs) + slideMs;
    if (endMs - 1 <= watermarkMs) {
      return false;
    }
    Map<K, A> panes = ending(endMs);
    A partial = panes.get(key);
    if (partial == null) {
      partial = aggregate.create(key);
      panes.put(key, partial);
      partials++;
    }
    aggregate.add(partial, record);
    return true;
  }

  private Map<K, A> ending(long endMs) {
    Map<K, A> panes = latest;
    if (panes == null || latestEndMs != endMs) {
      panes = byEndMs.computeIfAbsent(endMs, end -> new HashMap<>());
      latest = panes;
      latestEndMs = endMs;
    }
    return panes;
  }

  /** Whether it must be flushed before the next record. */
  public boolean isFull() {
    return partials >= maxPartials;
  }

  /** Partials held. */
  public int partials() {
    return partials;
  }

  /**
   * Hands on the partials of the panes that the watermark closes, in order of their end.
   *
   * @return whether there were any
   */
  public boolean flushClosed(long watermarkMs, Sink<K, A> sink) {
    int before = partials;
    while (!byEndMs.isEmpty() && byEndMs.firstKey() - 1 <= watermarkMs) {
      long endMs = byEndMs.firstKey();
      Map<K, A> panes = byEndMs.remove(endMs);
      partials -= panes.size();
      panes.forEach(
          (key, partial) -> sink.accept(key, endMs - aggregate.window(key).slideMs(), partial));
    }
    if (partials < before) {
      latest = null;
    }
    return partials < before;
  }

  /** Hands on all partials, in order of the end of their panes. */
  public void flush(Sink<K, A> sink) {
    flushClosed(Long.MAX_VALUE, sink);
  }
}
