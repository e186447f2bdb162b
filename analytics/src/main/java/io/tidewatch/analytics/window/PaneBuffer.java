package io.tidewatch.analytics.window;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records are added up to one partial a key and pane: before they are sent to where the windows of
 * their key are, and there before the state of the key is touched. A partial holds records of one
 * pane only, so it can be merged into that pane whenever it comes, into however many partials the
 * pane was cut.
 *
 * <p>Memory: an accumulator each partial, at most {@code maxPartials} of them, and what {@link
 * PaneTable} says. Not for use by several threads.
 *
 * @param <K> key of a series, with value equality
 * @param <I> input record
 * @param <A> accumulator of a pane
 */
public final class PaneBuffer<K, I, A> {

  /**
   * Takes the partials.
   *
   * @param <E> what may go wrong
   */
  @FunctionalInterface
  public interface Sink<K, A, E extends Exception> {
    /**
     * @param startMs start of the pane
     * @param partial some records of that pane; the buffer has let go of it
     */
    void accept(K key, long startMs, A partial) throws E;
  }

  private final WindowAggregate<K, I, A, ?> aggregate;
  private final int maxPartials;
  private final TreeMap<Long, PaneTable<K, A>> byEndMs = new TreeMap<>();
  private final PaneStarts starts = new PaneStarts();

  /** The panes that the last record was added to: the next one mostly belongs there too. */
  private @Nullable PaneTable<K, A> latest;

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
    PaneTable<K, A> panes = latest;
    if (panes != null && panes.mayHold(eventTimeMs) && panes.endMs() - 1 > watermarkMs) {
      int i = panes.find(key);
      if (i >= 0 && panes.startMs(i) <= eventTimeMs) {
        aggregate.add(panes.get(i), record);
        return true;
      }
    }
    return addElsewhere(key, record, eventTimeMs, watermarkMs);
  }

  /** To a pane that is new, or ends at another time than that of the last record. */
  private boolean addElsewhere(K key, I record, long eventTimeMs, long watermarkMs) {
    long slideMs = aggregate.window(key).slideMs();
    long startMs = starts.of(eventTimeMs, slideMs);
    long endMs = startMs + slideMs;
    if (endMs - 1 <= watermarkMs) {
      return false;
    }
    PaneTable<K, A> panes = ending(endMs);
    int i = panes.find(key);
    if (i >= 0) {
      aggregate.add(panes.get(i), record);
      return true;
    }
    A partial = aggregate.create(key);
    panes.add(key, startMs, partial);
    partials++;
    aggregate.add(partial, record);
    return true;
  }

  private PaneTable<K, A> ending(long endMs) {
    PaneTable<K, A> panes = latest;
    if (panes == null || panes.endMs() != endMs) {
      panes = byEndMs.computeIfAbsent(endMs, PaneTable::new);
      latest = panes;
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
  public <E extends Exception> boolean flushClosed(long watermarkMs, Sink<K, A, E> sink) throws E {
    int before = partials;
    while (!byEndMs.isEmpty() && byEndMs.firstKey() - 1 <= watermarkMs) {
      PaneTable<K, A> panes = byEndMs.remove(byEndMs.firstKey());
      latest = null;
      partials -= panes.size();
      for (int i = 0; i < panes.size(); i++) {
        sink.accept(panes.key(i), panes.startMs(i), panes.get(i));
      }
    }
    return partials < before;
  }

  /** Hands on all partials, in order of the end of their panes. */
  public <E extends Exception> void flush(Sink<K, A, E> sink) throws E {
    flushClosed(Long.MAX_VALUE, sink);
  }
}
