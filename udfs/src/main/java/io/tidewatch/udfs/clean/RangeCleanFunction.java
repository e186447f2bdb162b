package io.tidewatch.udfs.clean;

import io.tidewatch.analytics.clean.RangeCleaner;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Values outside the valid range of their field become missing or are clipped, as the model says.
 * Counter: {@code tidewatch.out_of_range_total}, in values.
 *
 * <p>Keeps in its state which fields the models have, and refuses to go on with others, see {@link
 * FieldOrder}.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class RangeCleanFunction extends RichMapFunction<DeviceTelemetry, DeviceTelemetry>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private final TelemetryModels models;
  private final RangeCleaner cleaner;
  private transient FieldOrder fields;
  private transient Counter outOfRange;

  public RangeCleanFunction(TelemetryModels models) {
    this.models = models;
    this.cleaner = new RangeCleaner(models);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    fields = new FieldOrder(models, context.getOperatorStateStore());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    fields.store(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0);
  }

  @Override
  public void open(OpenContext context) {
    outOfRange =
        getRuntimeContext().getMetricGroup().addGroup("tidewatch").counter("out_of_range_total");
  }

  @Override
  public DeviceTelemetry map(DeviceTelemetry record) {
    RangeCleaner.Cleaned cleaned = cleaner.clean(record);
    outOfRange.inc(cleaned.changed());
    return cleaned.record();
  }
}
