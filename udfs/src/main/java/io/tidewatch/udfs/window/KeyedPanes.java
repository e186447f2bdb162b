package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.SlidingWindows;
import java.io.IOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * State, timers and counters of pane windows, for functions that are told of records one by one and
 * for those that are told of partials: one state access a call, one timer a key and slide, late
 * records to the side output, state cleared with the last pane of a key. Counters: {@code
 * tidewatch.late_total}, {@code tidewatch.windows_total}, {@code tidewatch.corrections_total},
 * {@code tidewatch.late_partials_total} (0 unless something is wrong), and those of the results.
 *
 * <p>A correction bears the event time of the record that caused it, which is behind the watermark.
 */
final class KeyedPanes<K, I, A, R> {
  /** State name; a promise, see CHANGELOG. */
  static final String STATE = "panes";

  private final SlidingWindows<K, I, A, R> windows;
  private final OutputTag<I> lateTag;
  private final KeptWatermark watermark;
  private final ValueState<Panes<A>> state;
  private final Counter late;
  private final Counter fired;
  private final Counter corrections;
  private final Counter latePartials;
  private final ResultCounters<R> results;

  KeyedPanes(
      SlidingWindows<K, I, A, R> windows,
      TypeSerializer<Panes<A>> serializer,
      OutputTag<I> lateTag,
      KeptWatermark watermark,
      RuntimeContext context) {
    this.windows = windows;
    this.lateTag = lateTag;
    this.watermark = watermark;
    state = context.getState(new ValueStateDescriptor<>(STATE, serializer));
    MetricGroup metrics = context.getMetricGroup().addGroup("tidewatch");
    late = metrics.counter("late_total");
    fired = metrics.counter("windows_total");
    corrections = metrics.counter("corrections_total");
    latePartials = metrics.counter("late_partials_total");
    results = new ResultCounters<>(windows.counters(), metrics);
  }

  /** Adds a record, or corrects with it, or sends it aside. */
  void add(
      I record, long eventTimeMs, KeyedProcessFunction<K, ?, R>.Context context, Collector<R> out)
      throws IOException {
    K key = context.getCurrentKey();
    long watermarkMs = watermarkMs(context.timerService());
    if (!windows.isClosed(key, eventTimeMs, watermarkMs)) {
      Panes<A> panes = panes();
      announce(windows.add(key, panes, record, eventTimeMs), context.timerService());
      state.update(panes);
    } else if (windows.isLate(key, eventTimeMs, watermarkMs)) {
      late.inc();
      context.output(lateTag, record);
    } else {
      correct(record, eventTimeMs, watermarkMs, context, out);
    }
  }

  private void correct(
      I record,
      long eventTimeMs,
      long watermarkMs,
      KeyedProcessFunction<K, ?, R>.Context context,
      Collector<R> out)
      throws IOException {
    K key = context.getCurrentKey();
    Panes<A> panes = panes();
    for (R result : windows.correct(key, panes, record, eventTimeMs, watermarkMs)) {
      corrections.inc();
      results.count(result);
      out.collect(result);
    }
    announce(windows.nextEndMs(key, watermarkMs), context.timerService());
    state.update(panes);
  }

  /**
   * Adds the records of a partial. Its pane is open, see {@link PreAggregateOperator}; was it not,
   * nobody could say any more which records they were, so that is counted beside the late ones.
   */
  void merge(A partial, long startMs, KeyedProcessFunction<K, ?, R>.Context context)
      throws IOException {
    K key = context.getCurrentKey();
    if (windows.isClosed(key, startMs, watermarkMs(context.timerService()))) {
      latePartials.inc();
      return;
    }
    Panes<A> panes = panes();
    announce(windows.merge(key, panes, partial, startMs), context.timerService());
    state.update(panes);
  }

  /** The window that ends with that millisecond. */
  void fire(long lastMs, KeyedProcessFunction<K, ?, R>.OnTimerContext context, Collector<R> out)
      throws IOException {
    watermark.follow(context.timerService());
    Panes<A> panes = state.value();
    if (panes == null) {
      return;
    }
    K key = context.getCurrentKey();
    long endMs = lastMs + 1;
    R result = windows.fire(key, panes, endMs);
    if (result != null) {
      fired.inc();
      results.count(result);
      out.collect(result);
    }
    announce(windows.advance(key, panes, endMs), context.timerService());
    if (panes.isEmpty()) {
      state.clear();
    } else {
      state.update(panes);
    }
  }

  private long watermarkMs(TimerService timers) {
    watermark.follow(timers);
    return watermark.currentMs();
  }

  private Panes<A> panes() throws IOException {
    Panes<A> panes = state.value();
    return panes == null ? new Panes<>() : panes;
  }

  private static void announce(long endMs, TimerService timers) {
    if (endMs != SlidingWindows.NONE) {
      timers.registerEventTimeTimer(endMs - 1);
    }
  }
}
