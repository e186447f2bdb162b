package io.tidewatch.jobs.source;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Of a source whose messages have no event time and come seldom: idle from the start, so that the
 * event time of what it is connected with goes on without it.
 */
public final class NoEventTime {
  private NoEventTime() {}

  /** No watermark, never waited for. */
  public static <T> WatermarkStrategy<T> strategy() {
    return WatermarkStrategy.<T>forGenerator(context -> new Idle<>());
  }

  private static final class Idle<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T message, long timestampMs, WatermarkOutput output) {
      // Tells nothing of event time.
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }
}
