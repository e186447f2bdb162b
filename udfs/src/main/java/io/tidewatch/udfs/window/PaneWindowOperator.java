package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.Bypass;
import io.tidewatch.analytics.window.PaneBuffer;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.SlidingWindows;
import io.tidewatch.analytics.window.WindowAggregate;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Sliding event-time windows over panes, in one phase or as the second of two. State, timers and
 * results are the same in both, so a job may go over from one to the other with its savepoint.
 *
 * <p>Looking up the state of a key costs several times as much as adding to its pane. So records
 * whose pane is open are added up in a {@link PaneBuffer} first, and Flink is not asked to find
 * their key. What is in the buffer goes to the state when the watermark closes its pane and before
 * the timers of that watermark, when the buffer is full, before every checkpoint barrier and at the
 * end. So the buffer is no state, and windows are complete when they fire. Where keys do not repeat
 * within a pane ({@link Bypass}), records go to the state one by one; partials always do.
 *
 * <p>A record whose pane is closed goes to the side output or, within the allowed lateness,
 * corrects what was told. A correction bears the event time of the record that caused it, which is
 * behind the watermark; other results bear the last millisecond of their window.
 *
 * <p>Metrics: {@code tidewatch.late_total} counts records, {@code tidewatch.windows_total} and
 * {@code tidewatch.corrections_total} results, the counters of the aggregate what results tell of,
 * {@code tidewatch.late_partials_total} is 0 unless something is wrong; {@code tidewatch.reduction}
 * is the number of records a pane that left the buffer, in the last sample.
 *
 * @param <K> key of a series
 * @param <S> what is sent: records, or records and partials
 * @param <I> input record
 * @param <A> accumulator of a pane
 * @param <R> result of a window
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class PaneWindowOperator<K, S, I, A, R> extends AbstractStreamOperator<R>
    implements OneInputStreamOperator<S, R>, Triggerable<K, VoidNamespace> {
  private static final long serialVersionUID = 1;

  /**
   * Panes in the buffer of a subtask, as shipped: those of some thousand busy keys and of the
   * slides that disorder keeps open. They are a few MB, most of which are only on their way to the
   * state.
   */
  public static final int MAX_BUFFERED = 10_000;

  /** Named in savepoints, where a {@code KeyedProcessFunction} has its timers under that name. */
  static final String TIMERS = "user-timers";

  private final SentToWindows<S, K, I, A> sent;
  private final WindowAggregate<K, I, A, R> aggregate;
  private final SlidingWindows<K, I, A, R> windows;
  private final TypeSerializer<Panes<A>> panesSerializer;
  private final OutputTag<I> lateTag;
  private final int maxBuffered;
  private transient KeySelector<S, K> keySelector;
  private transient KeptWatermark kept;
  private transient long watermarkMs;
  private transient @Nullable PaneBuffer<K, I, A> buffer;
  private transient Bypass bypass;
  private transient KeyedPanes<K, I, A, R> panes;
  private transient TimestampedCollector<R> collector;
  private transient Counter late;
  private transient Counter latePartials;

  private PaneWindowOperator(
      SentToWindows<S, K, I, A> sent,
      WindowAggregate<K, I, A, R> aggregate,
      TypeSerializer<Panes<A>> panesSerializer,
      OutputTag<I> lateTag,
      Duration allowedLateness,
      int maxBuffered) {
    this.sent = sent;
    this.aggregate = aggregate;
    this.windows = new SlidingWindows<>(aggregate, allowedLateness);
    this.panesSerializer = panesSerializer;
    this.lateTag = lateTag;
    this.maxBuffered = maxBuffered;
  }

  /**
   * In one phase: it is sent every record.
   *
   * @param allowedLateness see {@link SlidingWindows}
   * @param maxBuffered panes in the buffer; 0 for none, then each record goes to the state
   */
  public static <K, I, A, R> PaneWindowOperator<K, I, I, A, R> ofRecords(
      WindowAggregate<K, I, A, R> aggregate,
      TypeSerializer<Panes<A>> panesSerializer,
      OutputTag<I> lateTag,
      Duration allowedLateness,
      int maxBuffered) {
    return new PaneWindowOperator<>(
        new SentToWindows.Records<>(),
        aggregate,
        panesSerializer,
        lateTag,
        allowedLateness,
        maxBuffered);
  }

  /**
   * In two phases: it is sent the partials of {@link PreAggregateOperator} and the records that it
   * let pass; parameters as for one phase.
   */
  public static <K, I, A, R> PaneWindowOperator<K, WindowInput<K, I, A>, I, A, R> ofPartials(
      WindowAggregate<K, I, A, R> aggregate,
      TypeSerializer<Panes<A>> panesSerializer,
      OutputTag<I> lateTag,
      Duration allowedLateness,
      int maxBuffered) {
    return new PaneWindowOperator<>(
        new SentToWindows.RecordsAndPartials<>(),
        aggregate,
        panesSerializer,
        lateTag,
        allowedLateness,
        maxBuffered);
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
    keySelector = (KeySelector<S, K>) getStateKeySelector1();
    buffer = maxBuffered == 0 ? null : new PaneBuffer<>(aggregate, maxBuffered);
    bypass = new Bypass();
    collector = new TimestampedCollector<>(output);
    MetricGroup metrics = getMetricGroup().addGroup("tidewatch");
    panes =
        new KeyedPanes<>(
            windows,
            getPartitionedState(new ValueStateDescriptor<>(KeyedPanes.STATE, panesSerializer)),
            getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this),
            metrics);
    late = metrics.counter("late_total");
    latePartials = metrics.counter("late_partials_total");
    metrics.gauge("reduction", (Gauge<Double>) bypass::reduction);
  }

  @Override
  public void processElement(StreamRecord<S> element) throws Exception {
    S input = element.getValue();
    K key = keySelector.getKey(input);
    I record = sent.record(input);
    if (record == null) {
      merge(key, sent.partial(input));
    } else if (!buffered(key, record, element.getTimestamp())) {
      add(key, record, element);
    }
  }

  /** Whether the buffer has taken the record: its pane is open. */
  private boolean buffered(K key, I record, long eventTimeMs) throws Exception {
    PaneBuffer<K, I, A> open = buffer;
    if (open == null
        || bypass.passes()
        || !open.add(key, record, eventTimeMs, kept.atLeast(watermarkMs))) {
      return false;
    }
    bypass.added();
    if (open.isFull()) {
      open.flush(this::unbuffer);
      bypass.judge();
    }
    return true;
  }

  private void unbuffer(K key, long startMs, A partial) throws IOException {
    bypass.sent();
    setCurrentKey(key);
    panes.merge(key, partial, startMs);
  }

  private void add(K key, I record, StreamRecord<S> element) throws IOException {
    long eventTimeMs = element.getTimestamp();
    long nowMs = kept.atLeast(watermarkMs);
    if (!windows.isClosed(key, eventTimeMs, nowMs)) {
      setCurrentKey(key);
      panes.add(key, record, eventTimeMs);
    } else if (windows.isLate(key, eventTimeMs, nowMs)) {
      late.inc();
      output.collect(lateTag, new StreamRecord<>(record, eventTimeMs));
    } else {
      setCurrentKey(key);
      collector.setTimestamp(element);
      panes.correct(key, record, eventTimeMs, nowMs, collector);
    }
  }

  /**
   * Adds the records of a partial. Its pane is open, see {@link PreAggregateOperator}; was it not,
   * nobody could say any more which records they were, so that is counted beside the late ones.
   */
  private void merge(K key, WindowInput<K, I, A> partial) throws IOException {
    if (windows.isClosed(key, partial.startMs(), kept.atLeast(watermarkMs))) {
      latePartials.inc();
      return;
    }
    setCurrentKey(key);
    panes.merge(key, Objects.requireNonNull(partial.partial()), partial.startMs());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (buffer != null && buffer.flushClosed(mark.getTimestamp(), this::unbuffer)) {
      bypass.judge();
    }
    watermarkMs = mark.getTimestamp();
    super.processWatermark(mark);
  }

  @Override
  public void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
    collector.setAbsoluteTimestamp(timer.getTimestamp());
    panes.fire(timer.getKey(), timer.getTimestamp(), collector);
  }

  @Override
  public void onProcessingTime(InternalTimer<K, VoidNamespace> timer) {
    throw new IllegalStateException("windows have timers of event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    unbufferAll();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    kept.snapshot(kept.atLeast(watermarkMs));
  }

  @Override
  public void finish() throws Exception {
    unbufferAll();
    super.finish();
  }

  private void unbufferAll() throws Exception {
    if (buffer != null) {
      buffer.flush(this::unbuffer);
    }
  }
}
