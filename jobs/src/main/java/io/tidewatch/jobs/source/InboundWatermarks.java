package io.tidewatch.jobs.source;

import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.udfs.decode.Inbound;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks of accepted records only. A refused message neither advances a partition nor keeps it
 * from being idle: a partition on which nothing but poison arrives must not hold back the others.
 */
public final class InboundWatermarks {
  private InboundWatermarks() {}

  /** Bounded out-of-orderness with idleness, per partition when handed to a Kafka source. */
  public static <T> WatermarkStrategy<Inbound<T>> strategy(
      EventTimeConfig config, EventTime<T> eventTime) {
    WatermarkStrategy<Inbound<T>> accepted =
        WatermarkStrategy.<Inbound<T>>forBoundedOutOfOrderness(config.maxOutOfOrderness())
            .withIdleness(config.idleAfter());
    return WatermarkStrategy.<Inbound<T>>forGenerator(
            context -> new AcceptedOnly<>(accepted.createWatermarkGenerator(context)))
        .withTimestampAssigner(
            (inbound, brokerTimeMs) -> {
              T value = inbound.value();
              return value == null ? TimestampAssigner.NO_TIMESTAMP : eventTime.ofMs(value);
            });
  }

  private static final class AcceptedOnly<T> implements WatermarkGenerator<Inbound<T>> {
    private final WatermarkGenerator<Inbound<T>> accepted;

    AcceptedOnly(WatermarkGenerator<Inbound<T>> accepted) {
      this.accepted = accepted;
    }

    @Override
    public void onEvent(Inbound<T> inbound, long eventTimeMs, WatermarkOutput output) {
      if (inbound.value() != null) {
        accepted.onEvent(inbound, eventTimeMs, output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      accepted.onPeriodicEmit(output);
    }
  }
}
