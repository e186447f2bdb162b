package io.tidewatch.udfs.clean;

import io.tidewatch.analytics.clean.RangeCleaner;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Values outside the valid range of their field become missing or are clipped, as the model says.
 * Counter: {@code tidewatch.out_of_range_total}, in values.
 *
 * <p>Keeps in its state which fields the models have, and refuses to go on with others: {@link
 * ModelFields}.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class RangeCleanFunction extends RichMapFunction<DeviceTelemetry, DeviceTelemetry>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private final TelemetryModels models;
  private final RangeCleaner cleaner;
  private transient ListState<ModelFields> fields;
  private transient Counter outOfRange;

  public RangeCleanFunction(TelemetryModels models) {
    this.models = models;
    this.cleaner = new RangeCleaner(models);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    fields =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    ModelFields.STATE, TypeInformation.of(ModelFields.class)));
    for (ModelFields then : fields.get()) {
      String mismatch = then.mismatch(models);
      if (mismatch != null) {
        throw new IllegalStateException(mismatch);
      }
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    boolean forAll = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    fields.update(forAll ? models.all().stream().map(ModelFields::of).toList() : List.of());
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
