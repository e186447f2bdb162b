package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.SlidingWindows;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.util.Collector;

/**
 * State and timers of pane windows, for the key that is the current one: one state access a call,
 * one timer a key and slide, state cleared with the last pane of a key.
 */
final class KeyedPanes<K, I, A, R> {
  /** State name; a promise, see CHANGELOG. */
  static final String STATE = "panes";

  private final SlidingWindows<K, I, A, R> windows;
  private final ValueState<Panes<A>> state;
  private final InternalTimerService<VoidNamespace> timers;
  private final Counter fired;
  private final Counter corrections;
  private final ResultCounters<R> results;

  KeyedPanes(
      SlidingWindows<K, I, A, R> windows,
      ValueState<Panes<A>> state,
      InternalTimerService<VoidNamespace> timers,
      MetricGroup metrics) {
    this.windows = windows;
    this.state = state;
    this.timers = timers;
    fired = metrics.counter("windows_total");
    corrections = metrics.counter("corrections_total");
    results = new ResultCounters<>(windows.counters(), metrics);
  }

  /** Adds a record to its pane, which must be open. */
  void add(K key, I record, long eventTimeMs) throws IOException {
    Panes<A> panes = panes();
    announce(windows.add(key, panes, record, eventTimeMs));
    state.update(panes);
  }

  /** Adds some records of a pane at once; it must be open, and the partial is taken over. */
  void merge(K key, A partial, long startMs) throws IOException {
    Panes<A> panes = panes();
    announce(windows.merge(key, panes, partial, startMs));
    state.update(panes);
  }

  /** Adds a record to its pane, which is closed but not for good, and tells its windows again. */
  void correct(K key, I record, long eventTimeMs, long watermarkMs, Collector<R> out)
      throws IOException {
    Panes<A> panes = panes();
    for (R result : windows.correct(key, panes, record, eventTimeMs, watermarkMs)) {
      corrections.inc();
      results.count(result);
      out.collect(result);
    }
    announce(windows.nextEndMs(key, watermarkMs));
    state.update(panes);
  }

  /** The window that ends with that millisecond. */
  void fire(K key, long lastMs, Collector<R> out) throws IOException {
    Panes<A> panes = state.value();
    if (panes == null) {
      return;
    }
    long endMs = lastMs + 1;
    R result = windows.fire(key, panes, endMs);
    if (result != null) {
      fired.inc();
      results.count(result);
      out.collect(result);
    }
    announce(windows.advance(key, panes, endMs));
    if (panes.isEmpty()) {
      state.clear();
    } else {
      state.update(panes);
    }
  }

  private Panes<A> panes() throws IOException {
    Panes<A> panes = state.value();
    return panes == null ? new Panes<>() : panes;
  }

  private void announce(long endMs) {
    if (endMs != SlidingWindows.NONE) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, endMs - 1);
    }
  }
}
