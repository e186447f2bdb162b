package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.SlidingWindows;
import io.tidewatch.analytics.window.WindowAggregate;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sliding event-time windows over panes, second phase: merges the partials of {@link
 * PreAggregateOperator} and takes the records that it let pass. State and results are those of
 * {@link PaneWindowFunction}.
 *
 * @param <K> key of a series
 * @param <I> input record
 * @param <A> accumulator of a pane
 * @param <R> result of a window
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class PartialWindowFunction<K, I, A, R>
    extends KeyedProcessFunction<K, WindowInput<K, I, A>, R> implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private final SlidingWindows<K, I, A, R> windows;
  private final TypeSerializer<Panes<A>> panesSerializer;
  private final OutputTag<I> lateTag;
  private transient KeptWatermark watermark;
  private transient KeyedPanes<K, I, A, R> panes;

  /**
   * @param allowedLateness see {@link SlidingWindows}
   */
  public PartialWindowFunction(
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
  public void open(OpenContext context) {
    panes = new KeyedPanes<>(windows, panesSerializer, lateTag, watermark, getRuntimeContext());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    watermark.snapshot();
  }

  @Override
  public void processElement(WindowInput<K, I, A> input, Context context, Collector<R> out)
      throws IOException {
    I record = input.record();
    if (record != null) {
      panes.add(record, context.timestamp(), context, out);
    } else {
      panes.merge(Objects.requireNonNull(input.partial()), input.startMs(), context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<R> out) throws IOException {
    panes.fire(timestamp, context, out);
  }
}
