package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.Bypass;
import io.tidewatch.analytics.window.PaneBuffer;
import io.tidewatch.analytics.window.WindowAggregate;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Sliding windows, first phase, chained to the source: adds records up to partials, so that a
 * record that repeats a key within a slide never crosses the network. Partials are sent when the
 * watermark closes their pane, when the buffer is full, before every checkpoint barrier and before
 * the source is idle; so nothing but the watermark is state here, and windows are complete when
 * they fire.
 *
 * <p>Records pass as they are
 *
 * <ul>
 *   <li>while {@link Bypass} finds that keys do not repeat;
 *   <li>when their pane is closed here: whether they are late is for the windows to decide, and the
 *       late output needs the record itself;
 *   <li>once the source is idle, until the job is started anew, unless this is the only subtask:
 *       the first records after a pause come before Flink says that the source is active again, an
 *       idle source does not hold back the windows, and Flink counts its watermark again only when
 *       it has caught up with them, which nothing here can see. Until then a pane that looks open
 *       from here may have been closed there.
 * </ul>
 *
 * <p>Metrics: {@code tidewatch.pre_aggregated_total} and {@code tidewatch.passed_total} count
 * records, {@code tidewatch.partials_total} what was sent for the former; {@code
 * tidewatch.reduction} is the number of records a partial in the last sample, {@code
 * tidewatch.was_idle} 1 when records pass because of a pause.
 *
 * @param <K> key of a series
 * @param <I> input record
 * @param <A> accumulator of a pane
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class PreAggregateOperator<K, I, A>
    extends AbstractStreamOperator<WindowInput<K, I, A>>
    implements OneInputStreamOperator<I, WindowInput<K, I, A>> {
  private static final long serialVersionUID = 1;

  private final WindowAggregate<K, I, A, ?> aggregate;
  private final KeySelector<I, K> keySelector;
  private final int maxPartials;
  private transient KeptWatermark kept;
  private transient PaneBuffer<K, I, A> buffer;
  private transient Bypass bypass;
  private transient long watermarkMs;

  private transient boolean wasIdle;
  private transient Counter added;
  private transient Counter passed;
  private transient Counter sent;

  /**
   * @param maxPartials see {@link PaneBuffer}
   */
  public PreAggregateOperator(
      WindowAggregate<K, I, A, ?> aggregate, KeySelector<I, K> keySelector, int maxPartials) {
    this.aggregate = aggregate;
    this.keySelector = keySelector;
    this.maxPartials = maxPartials;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    kept = new KeptWatermark(context.getOperatorStateStore());
    watermarkMs = Long.MIN_VALUE;
  }

  @Override
  public void open() throws Exception {
    super.open();
    buffer = new PaneBuffer<>(aggregate, maxPartials);
    bypass = new Bypass();
    MetricGroup group = getMetricGroup().addGroup("tidewatch");
    added = group.counter("pre_aggregated_total");
    passed = group.counter("passed_total");
    sent = group.counter("partials_total");
    group.gauge("reduction", (Gauge<Double>) bypass::reduction);
    group.gauge("was_idle", (Gauge<Integer>) () -> wasIdle ? 1 : 0);
  }

  @Override
  public void processElement(StreamRecord<I> element) throws Exception {
    if (wasIdle || bypass.passes()) {
      pass(element);
      return;
    }
    I record = element.getValue();
    K key = keySelector.getKey(record);
    if (!buffer.add(key, record, element.getTimestamp(), kept.atLeast(watermarkMs))) {
      pass(element);
      return;
    }
    bypass.added();
    added.inc();
    if (buffer.isFull()) {
      buffer.flush(this::send);
      bypass.judge();
    }
  }

  private void pass(StreamRecord<I> element) {
    passed.inc();
    output.collect(element.replace(WindowInput.record(element.getValue())));
  }

  private void send(K key, long startMs, A partial) {
    bypass.sent();
    sent.inc();
    output.collect(new StreamRecord<>(WindowInput.partial(key, startMs, partial), startMs));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermarkMs = mark.getTimestamp();
    if (buffer.flushClosed(watermarkMs, this::send)) {
      bypass.judge();
    }
    super.processWatermark(mark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle()) {
      buffer.flush(this::send);
    }
    wasIdle |=
        status.isIdle() && getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks() > 1;
    super.processWatermarkStatus(status);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    buffer.flush(this::send);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    kept.snapshot(kept.atLeast(watermarkMs));
  }

  @Override
  public void finish() throws Exception {
    buffer.flush(this::send);
    super.finish();
  }
}
