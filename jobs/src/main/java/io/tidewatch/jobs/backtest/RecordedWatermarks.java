package io.tidewatch.jobs.backtest;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * A watermark behind each record that has an event time, as far behind the newest as live: what is
 * late in a backtest is a matter of the input alone, not of how fast it is read.
 */
final class RecordedWatermarks<T> implements WatermarkGenerator<T> {
  private final long outOfOrdernessMs;
  private long newestMs;

  RecordedWatermarks(Duration maxOutOfOrderness) {
    this.outOfOrdernessMs = maxOutOfOrderness.toMillis();
    this.newestMs = Long.MIN_VALUE + outOfOrdernessMs + 1;
  }

  @Override
  public void onEvent(T record, long eventTimeMs, WatermarkOutput output) {
    if (eventTimeMs > newestMs) { // a record without one has the least there is
      newestMs = eventTimeMs;
      output.emitWatermark(new Watermark(newestMs - outOfOrdernessMs - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    // Nothing depends on the clock of the machine.
  }
}
