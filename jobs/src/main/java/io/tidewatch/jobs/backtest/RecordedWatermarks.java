package io.tidewatch.jobs.backtest;

import io.tidewatch.udfs.decode.Inbound;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * A watermark behind each accepted record, as far behind the newest as live: what is late in a
 * backtest is a matter of the file alone, not of how fast it is read.
 */
final class RecordedWatermarks<T> implements WatermarkGenerator<Inbound<T>> {
  private final long outOfOrdernessMs;
  private long newestMs;

  RecordedWatermarks(Duration maxOutOfOrderness) {
    this.outOfOrdernessMs = maxOutOfOrderness.toMillis();
    this.newestMs = Long.MIN_VALUE + outOfOrdernessMs + 1;
  }

  @Override
  public void onEvent(Inbound<T> inbound, long eventTimeMs, WatermarkOutput output) {
    if (inbound.value() != null && eventTimeMs > newestMs) {
      newestMs = eventTimeMs;
      output.emitWatermark(new Watermark(newestMs - outOfOrdernessMs - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    // Nothing depends on the clock of the machine.
  }
}
