package io.tidewatch.udfs.dataset;

import io.tidewatch.analytics.dataset.DeviceRows;
import io.tidewatch.analytics.dataset.KnownAggregate;
import io.tidewatch.analytics.dataset.LabelRule;
import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.model.TelemetryModels;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The windows of devices, in batch mode only: there a subtask sees one key after the other, each in
 * order of event time, and its timers fire when its input is over. So what is kept of a device
 * needs no state of Flink's, which would be looked up for each record: a failed subtask begins
 * again.
 *
 * <p>Accumulators of the job: {@code rows}, and {@code rows_cut}, windows that lie partly outside.
 */
public final class DeviceRowsFunction
    extends KeyedProcessFunction<DeviceKey, KnownTelemetry, LabelledVector> {
  private static final long serialVersionUID = 1;

  public static final String ROWS = "rows";
  public static final String ROWS_CUT = "rows_cut";

  private final TelemetryModels models;
  private final KnownAggregate aggregate;
  private final Selection selection;
  private final LabelRule rule;
  private transient @Nullable DeviceKey device;
  private transient @Nullable DeviceRows rows;

  public DeviceRowsFunction(TelemetryModels models, Selection selection, LabelRule rule) {
    this.models = models;
    this.aggregate = new KnownAggregate(models);
    this.selection = selection;
    this.rule = rule;
  }

  @Override
  public void processElement(KnownTelemetry known, Context context, Collector<LabelledVector> out) {
    DeviceKey key = context.getCurrentKey();
    DeviceRows current = rows;
    if (current == null) {
      current = DeviceRows.of(key, models, aggregate, rule);
      rows = current;
      device = key;
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    } else if (!key.equals(device)) {
      throw new IllegalStateException(
          "input: must be one device after the other, as in batch mode, was %s before the end of %s"
              .formatted(key, device));
    }
    current.add(known, row -> tell(row, out));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LabelledVector> out) {
    if (rows != null) {
      rows.finish(row -> tell(row, out));
      rows = null;
      device = null;
    }
  }

  private void tell(LabelledVector row, Collector<LabelledVector> out) {
    if (selection.holds(row.vector())) {
      getRuntimeContext().getLongCounter(ROWS).add(1);
      out.collect(row);
    } else {
      getRuntimeContext().getLongCounter(ROWS_CUT).add(1);
    }
  }
}
