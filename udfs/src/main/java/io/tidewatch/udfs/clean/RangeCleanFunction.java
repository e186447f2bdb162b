package io.tidewatch.udfs.clean;

import io.tidewatch.analytics.clean.RangeCleaner;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;

/**
 * Values outside the valid range of their field become missing or are clipped, as the model says.
 * Counter: {@code tidewatch.out_of_range_total}, in values.
 */
public final class RangeCleanFunction extends RichMapFunction<DeviceTelemetry, DeviceTelemetry> {
  private static final long serialVersionUID = 1;

  private final RangeCleaner cleaner;
  private transient Counter outOfRange;

  @SuppressWarnings("NullAway.Init") // transient fields are set by open()
  public RangeCleanFunction(TelemetryModels models) {
    this.cleaner = new RangeCleaner(models);
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
