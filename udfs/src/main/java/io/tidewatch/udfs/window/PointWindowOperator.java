package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.PointSeries;
import io.tidewatch.analytics.window.PointSource;
import io.tidewatch.analytics.window.PointWindows;
import io.tidewatch.analytics.window.WindowAggregate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Sliding windows that count points. A record waits for the watermark, in a map by its time, so
 * that the points of a key come in order of event time: with both backends a record costs one
 * access to its own time, never to all that wait, and one timer a time. Late records go to the side
 * output. State of a silent key is cleared by a timer. Counters: {@code tidewatch.late_total},
 * {@code tidewatch.windows_total}, {@code tidewatch.points_dropped_total}, the last in points that
 * came into no window because their series was over, and those of the results.
 *
 * @param <K> key of a series
 * @param <I> input record
 * @param <A> accumulator of a pane
 * @param <R> result of a window
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class PointWindowFunction<K, I, A, R> extends KeyedProcessFunction<K, I, R>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  /** State names; a promise, see CHANGELOG. */
  static final String WAITING = "waiting";

  static final String POINTS = "points";

  private final PointWindows<K, I, A, R> windows;
  private final TypeInformation<I> recordType;
  private final TypeSerializer<PointSeries<A>> seriesSerializer;
  private final OutputTag<I> lateTag;
  private transient MapState<Long, List<I>> waitingState;
  private transient ValueState<PointSeries<A>> seriesState;
  private transient KeptWatermark watermark;
  private transient Counter late;
  private transient Counter told;
  private transient Counter dropped;
  private transient ResultCounters<R> results;

  public PointWindowFunction(
      PointSource<K, I> source,
      WindowAggregate<K, I, A, R> aggregate,
      TypeInformation<I> recordType,
      TypeSerializer<PointSeries<A>> seriesSerializer,
      OutputTag<I> lateTag) {
    this.windows = new PointWindows<>(source, aggregate);
    this.recordType = recordType;
    this.seriesSerializer = seriesSerializer;
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
    waitingState =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>(WAITING, Types.LONG, Types.LIST(recordType)));
    seriesState =
        getRuntimeContext().getState(new ValueStateDescriptor<>(POINTS, seriesSerializer));
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("tidewatch");
    late = metrics.counter("late_total");
    told = metrics.counter("windows_total");
    dropped = metrics.counter("points_dropped_total");
    results = new ResultCounters<>(windows.counters(), metrics);
  }

  @Override
  public void processElement(I record, Context context, Collector<R> out) throws Exception {
    long eventTimeMs = context.timestamp();
    watermark.follow(context.timerService());
    if (windows.isLate(eventTimeMs, watermark.currentMs())) {
      late.inc();
      context.output(lateTag, record);
      return;
    }
    List<I> sameTime = waitingState.get(eventTimeMs);
    if (sameTime == null) {
      sameTime = new ArrayList<>(1);
      context.timerService().registerEventTimeTimer(eventTimeMs);
    }
    sameTime.add(record);
    waitingState.put(eventTimeMs, sameTime);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<R> out) throws Exception {
    watermark.follow(context.timerService());
    K key = context.getCurrentKey();
    PointSeries<A> last = seriesState.value();
    PointSeries<A> series = last;
    if (last != null && windows.isOver(key, last, timestamp)) {
      dropped.inc(last.untold());
      series = null;
    }
    List<I> points = waitingState.get(timestamp);
    if (points != null) {
      if (series == null) {
        series = windows.begin(key, last);
      }
      for (R result : windows.add(key, series, points, timestamp)) {
        told.inc();
        results.count(result);
        out.collect(result);
      }
      waitingState.remove(timestamp);
    }
    keep(key, series, context);
  }

  private void keep(K key, @Nullable PointSeries<A> series, OnTimerContext context)
      throws IOException {
    if (series == null) {
      seriesState.clear();
      return;
    }
    seriesState.update(series);
    context.timerService().registerEventTimeTimer(windows.overAtMs(key, series));
  }
}
