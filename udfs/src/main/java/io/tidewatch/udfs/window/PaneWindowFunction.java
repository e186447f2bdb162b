package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.SlidingWindows;
import io.tidewatch.analytics.window.WindowAggregate;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sliding event-time windows over panes: one state access a record, one timer a key and slide, late
 * records to the side output, state cleared with the last pane of a key. Counters: {@code
 * tidewatch.late_total}, {@code tidewatch.windows_total}, {@code tidewatch.corrections_total}.
 *
 * <p>A correction bears the event time of the record that caused it, which is behind the watermark.
 *
 * @param <K> key of a series
 * @param <I> input record
 * @param <A> accumulator of a pane
 * @param <R> result of a window
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class PaneWindowFunction<K, I, A, R> extends KeyedProcessFunction<K, I, R>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  /** State name; a promise, see CHANGELOG. */
  static final String PANES = "panes";

  private final SlidingWindows<K, I, A, R> windows;
  private final TypeSerializer<Panes<A>> panesSerializer;
  private final OutputTag<I> lateTag;
  private transient ValueState<Panes<A>> panesState;
  private transient KeptWatermark watermark;
  private transient Counter late;
  private transient Counter fired;
  private transient Counter corrections;

  /** Without allowed lateness. */
  public PaneWindowFunction(
      WindowAggregate<K, I, A, R> aggregate,
      TypeSerializer<Panes<A>> panesSerializer,
      OutputTag<I> lateTag) {
    this(aggregate, panesSerializer, lateTag, Duration.ZERO);
  }

  /**
   * @param allowedLateness see {@link SlidingWindows}
   */
  public PaneWindowFunction(
      WindowAggregate<K, I, A, R> aggregate,
      TypeSerializer<Panes<A>> panesSerializer,
      OutputTag<I> lateTag,
      Duration allowedLateness) {
    this.windows = new SlidingWindows<>(aggregate, allowedLateness);
    this.panesSerializer = panesSerializer;
    this.lateTag = lateTag;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    watermark = new KeptWatermark(context.getOperatorStateStore());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    watermark.snapshot();
  }

  @Override
  public void open(OpenContext context) {
    panesState = getRuntimeContext().getState(new ValueStateDescriptor<>(PANES, panesSerializer));
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("tidewatch");
    late = metrics.counter("late_total");
    fired = metrics.counter("windows_total");
    corrections = metrics.counter("corrections_total");
  }

  @Override
  public void processElement(I record, Context context, Collector<R> out) throws IOException {
    K key = context.getCurrentKey();
    long eventTimeMs = context.timestamp();
    watermark.follow(context.timerService());
    if (windows.isClosed(key, eventTimeMs, watermark.currentMs())) {
      correct(record, context, out);
      return;
    }
    Panes<A> panes = panesState.value();
    if (panes == null) {
      panes = new Panes<>();
    }
    long firstEndMs = windows.add(key, panes, record, eventTimeMs);
    if (firstEndMs != SlidingWindows.NONE) {
      context.timerService().registerEventTimeTimer(firstEndMs - 1);
    }
    panesState.update(panes);
  }

  private void correct(I record, Context context, Collector<R> out) throws IOException {
    K key = context.getCurrentKey();
    long eventTimeMs = context.timestamp();
    long watermarkMs = watermark.currentMs();
    if (windows.isLate(key, eventTimeMs, watermarkMs)) {
      late.inc();
      context.output(lateTag, record);
      return;
    }
    Panes<A> panes = panesState.value();
    if (panes == null) {
      panes = new Panes<>();
    }
    for (R result : windows.correct(key, panes, record, eventTimeMs, watermarkMs)) {
      corrections.inc();
      out.collect(result);
    }
    context.timerService().registerEventTimeTimer(windows.nextEndMs(key, watermarkMs) - 1);
    panesState.update(panes);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<R> out) throws IOException {
    watermark.follow(context.timerService());
    Panes<A> panes = panesState.value();
    if (panes == null) {
      return;
    }
    K key = context.getCurrentKey();
    long endMs = timestamp + 1;
    R result = windows.fire(key, panes, endMs);
    if (result != null) {
      fired.inc();
      out.collect(result);
    }
    long nextEndMs = windows.advance(key, panes, endMs);
    if (nextEndMs != SlidingWindows.NONE) {
      context.timerService().registerEventTimeTimer(nextEndMs - 1);
    }
    if (panes.isEmpty()) {
      panesState.clear();
    } else {
      panesState.update(panes);
    }
  }
}
