package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.PointBuffer;
import io.tidewatch.analytics.window.PointSeries;
import io.tidewatch.analytics.window.PointSource;
import io.tidewatch.analytics.window.PointWindows;
import io.tidewatch.analytics.window.WindowAggregate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Sliding windows that count points. A record waits for the watermark, so that the points of a key
 * come in order of event time. It waits in a {@link PointBuffer}, in front of the state: what the
 * watermark passes goes to the series of its key at once. So the buffer is no state; before every
 * checkpoint barrier, and when it is full, what waits goes to a map by its time, with a timer each,
 * and while anything of a key waits there, all that passes of the key goes that way, which keeps
 * its order.
 *
 * <p>Late records go to the side output. State of a silent key is cleared by a timer. A result
 * bears the event time of the last point of its window. Counters: {@code tidewatch.late_total},
 * {@code tidewatch.windows_total}, {@code tidewatch.points_dropped_total}, the last in points that
 * came into no window because their series was over, and those of the results.
 *
 * @param <K> key of a series
 * @param <I> input record
 * @param <A> accumulator of a pane
 * @param <R> result of a window
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class PointWindowOperator<K, I, A, R> extends AbstractStreamOperator<R>
    implements OneInputStreamOperator<I, R>, Triggerable<K, VoidNamespace> {
  private static final long serialVersionUID = 1;

  /**
   * Records in the buffer of a subtask, as shipped: those of a second of disorder of a busy subtask
   * a few times over. Of six fields they take less than 20 MB.
   */
  public static final int MAX_BUFFERED = 50_000;

  /** State names; a promise, see CHANGELOG. */
  static final String WAITING = "waiting";

  static final String POINTS = "points";

  private final PointWindows<K, I, A, R> windows;
  private final TypeInformation<I> recordType;
  private final TypeSerializer<PointSeries<A>> seriesSerializer;
  private final OutputTag<I> lateTag;
  private final int maxBuffered;
  private transient KeySelector<I, K> keySelector;
  private transient PointBuffer<K, I> buffer;
  private transient MapState<Long, List<I>> waitingState;
  private transient ValueState<PointSeries<A>> seriesState;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient KeptWatermark kept;
  private transient long watermarkMs;
  private transient TimestampedCollector<R> collector;
  private transient Counter late;
  private transient Counter told;
  private transient Counter dropped;
  private transient ResultCounters<R> results;

  /**
   * @param maxBuffered records that wait in front of the state, 1 or more
   */
  public PointWindowOperator(
      PointSource<K, I> source,
      WindowAggregate<K, I, A, R> aggregate,
      TypeInformation<I> recordType,
      TypeSerializer<PointSeries<A>> seriesSerializer,
      OutputTag<I> lateTag,
      int maxBuffered) {
    this.windows = new PointWindows<>(source, aggregate);
    this.recordType = recordType;
    this.seriesSerializer = seriesSerializer;
    this.lateTag = lateTag;
    this.maxBuffered = maxBuffered;
  }

  /** No: so Flink does not look for the key of each record. Where state is touched, it is set. */
  @Override
  public boolean hasKeyContext1() {
    return false;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    kept = new KeptWatermark(context.getOperatorStateStore());
    watermarkMs = Long.MIN_VALUE;
  }

  @Override
  @SuppressWarnings("unchecked") // the selector of the keyed stream that this operator reads
  public void open() throws Exception {
    super.open();
    keySelector = (KeySelector<I, K>) getStateKeySelector1();
    buffer = new PointBuffer<>(maxBuffered);
    waitingState =
        getPartitionedState(new MapStateDescriptor<>(WAITING, Types.LONG, Types.LIST(recordType)));
    seriesState = getPartitionedState(new ValueStateDescriptor<>(POINTS, seriesSerializer));
    timers =
        getInternalTimerService(PaneWindowOperator.TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    collector = new TimestampedCollector<>(output);
    MetricGroup metrics = getMetricGroup().addGroup("tidewatch");
    late = metrics.counter("late_total");
    told = metrics.counter("windows_total");
    dropped = metrics.counter("points_dropped_total");
    results = new ResultCounters<>(windows.counters(), metrics);
  }

  @Override
  public void processElement(StreamRecord<I> element) throws Exception {
    I record = element.getValue();
    long eventTimeMs = element.getTimestamp();
    if (windows.isLate(eventTimeMs, kept.atLeast(watermarkMs))) {
      late.inc();
      output.collect(lateTag, new StreamRecord<>(record, eventTimeMs));
      return;
    }
    buffer.add(keySelector.getKey(record), record, eventTimeMs);
    if (buffer.isFull()) {
      buffer.flush(this::store);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    buffer.flushPassed(mark.getTimestamp(), this::pass);
    watermarkMs = mark.getTimestamp();
    super.processWatermark(mark);
  }

  /** Points that the watermark has passed. Timers up to that watermark have not yet fired. */
  private void pass(K key, SortedMap<Long, List<I>> points) throws Exception {
    setCurrentKey(key);
    if (!waitingState.isEmpty()) {
      store(key, points);
      return;
    }
    PointSeries<A> series = seriesState.value();
    for (Map.Entry<Long, List<I>> sameTime : points.entrySet()) {
      series = add(key, series, sameTime.getValue(), sameTime.getKey());
    }
    keep(key, series);
  }

  private void store(K key, SortedMap<Long, List<I>> points) throws Exception {
    setCurrentKey(key);
    for (Map.Entry<Long, List<I>> sameTime : points.entrySet()) {
      long eventTimeMs = sameTime.getKey();
      List<I> waiting = waitingState.get(eventTimeMs);
      if (waiting == null) {
        waiting = sameTime.getValue();
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, eventTimeMs);
      } else {
        waiting.addAll(sameTime.getValue());
      }
      waitingState.put(eventTimeMs, waiting);
    }
  }

  @Override
  public void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
    K key = timer.getKey();
    long timeMs = timer.getTimestamp();
    PointSeries<A> series = seriesState.value();
    List<I> points = waitingState.get(timeMs);
    if (points == null) {
      keep(key, unlessOver(key, series, timeMs));
    } else {
      keep(key, add(key, series, points, timeMs));
      waitingState.remove(timeMs);
    }
  }

  private PointSeries<A> add(K key, @Nullable PointSeries<A> last, List<I> points, long timeMs) {
    PointSeries<A> series = unlessOver(key, last, timeMs);
    if (series == null) {
      series = windows.begin(key, last);
    }
    collector.setAbsoluteTimestamp(timeMs);
    for (R result : windows.add(key, series, points, timeMs)) {
      told.inc();
      results.count(result);
      collector.collect(result);
    }
    return series;
  }

  private @Nullable PointSeries<A> unlessOver(K key, @Nullable PointSeries<A> last, long timeMs) {
    if (last != null && windows.isOver(key, last, timeMs)) {
      dropped.inc(last.untold());
      return null;
    }
    return last;
  }

  private void keep(K key, @Nullable PointSeries<A> series) throws IOException {
    if (series == null) {
      seriesState.clear();
      return;
    }
    seriesState.update(series);
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, windows.overAtMs(key, series));
  }

  @Override
  public void onProcessingTime(InternalTimer<K, VoidNamespace> timer) {
    throw new IllegalStateException("windows have timers of event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    buffer.flush(this::store);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    kept.snapshot(kept.atLeast(watermarkMs));
  }
}
