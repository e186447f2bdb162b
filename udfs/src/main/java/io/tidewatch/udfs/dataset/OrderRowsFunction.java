package io.tidewatch.udfs.dataset;

import io.tidewatch.analytics.dataset.RowOrder;
import io.tidewatch.schemas.dataset.LabelledVector;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The rows of a data set in their order, in batch mode and under one key only: there Flink has
 * sorted them by event time, the end of their window, on disk where they do not fit its memory. So
 * what is kept needs no state of Flink's: a failed subtask begins again.
 */
public final class OrderRowsFunction
    extends KeyedProcessFunction<Integer, LabelledVector, LabelledVector> {
  private static final long serialVersionUID = 1;

  private transient RowOrder order;
  private transient boolean begun;

  @SuppressWarnings("NullAway.Init") // set by open()
  public OrderRowsFunction() {}

  @Override
  public void open(OpenContext context) {
    order = new RowOrder();
    begun = false;
  }

  @Override
  public void processElement(LabelledVector row, Context context, Collector<LabelledVector> out) {
    if (!begun) {
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
      begun = true;
    }
    order.add(row, out::collect);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LabelledVector> out) {
    order.finish(out::collect);
  }
}
