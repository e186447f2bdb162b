package io.tidewatch.jobs.source;

import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.udfs.decode.Inbound;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks of accepted records only. A refused message neither advances a partition nor keeps it
 * from being idle: a partition on which nothing but poison arrives must not hold back the others.
 */
public final class InboundWatermarks {
  private InboundWatermarks() {}

  /**
   * Bounded out-of-orderness with idleness, per partition when handed to the Kafka source of the
   * input. While Kafka does not answer no partition becomes idle, see {@link AnsweredTime}.
   */
  public static <T> WatermarkStrategy<Inbound<T>> strategy(
      EventTimeConfig config, InputConfig input, EventTime<T> eventTime) {
    Duration outOfOrderness = config.maxOutOfOrderness();
    Duration idleAfter = config.idleAfter();
    String source = AnsweredFetches.source(input);
    return WatermarkStrategy.<Inbound<T>>forGenerator(
            context ->
                new AcceptedOnly<>(
                    new WatermarksWithIdleness<>(
                        new BoundedOutOfOrdernessWatermarks<>(outOfOrderness),
                        idleAfter,
                        answeredTime(source, context))))
        .withTimestampAssigner(
            (inbound, brokerTimeMs) -> {
              T value = inbound.value();
              return value == null ? TimestampAssigner.NO_TIMESTAMP : eventTime.ofMs(value);
            });
  }

  private static RelativeClock answeredTime(
      String source, WatermarkGeneratorSupplier.Context context) {
    String subtask =
        context.getMetricGroup().getAllVariables().get(ScopeFormat.SCOPE_TASK_SUBTASK_INDEX);
    return new AnsweredTime(
        context.getInputActivityClock(), () -> AnsweredFetches.of(source, subtask));
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
