package io.tidewatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.config.AvroConfig;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.kafka.common.metrics.Metrics;
import org.junit.jupiter.api.Test;

class InboundWatermarksTest {
  private static final InputConfig INPUT =
      new InputConfig(
          "requests",
          "watermarks",
          InputConfig.Start.EARLIEST,
          1_000,
          InputConfig.Format.JSON,
          new AvroConfig("", Map.of()));
  private static final Inbound<Long> POISON =
      Inbound.of(new Rejected("t", 0, 0, 0, null, null, RejectReason.NULL_VALUE, "null"));

  private static final String SUBTASK = "1";

  private final WatermarkStrategy<Inbound<Long>> strategy =
      InboundWatermarks.strategy(
          new EventTimeConfig(
              Duration.ofSeconds(5),
              Duration.ZERO,
              Duration.ofSeconds(30),
              Duration.ZERO,
              Instant.EPOCH),
          INPUT,
          time -> time);
  private final Partition partition = new Partition();

  @Test
  void acceptedRecordsAdvanceTheWatermark() {
    partition.receive(Inbound.of(20_000L));
    assertThat(partition.periodic()).isEqualTo(20_000 - 5_000 - 1);
    partition.receive(Inbound.of(19_000L));
    assertThat(partition.periodic()).isEqualTo(20_000 - 5_000 - 1);
  }

  @Test
  void refusedMessagesDoNotMoveTheWatermark() {
    partition.receive(Inbound.of(20_000L));
    partition.receive(POISON);
    assertThat(partition.periodic()).isEqualTo(20_000 - 5_000 - 1);
  }

  @Test
  void aPartitionOfNothingButRefusedMessagesGoesIdle() {
    for (int second = 0; second <= 31; second++) {
      partition.receive(POISON);
      partition.periodic();
      partition.clock.nowMs += 1_000;
    }
    assertThat(partition.idle).isTrue();
    assertThat(partition.watermarkMs).as("no watermark of its own").isLessThan(0);
  }

  @Test
  void acceptedRecordsKeepAPartitionFromGoingIdle() {
    for (int second = 0; second <= 100; second++) {
      partition.receive(second % 20 == 0 ? Inbound.of(second * 1_000L) : POISON);
      partition.periodic();
      assertThat(partition.idle).isFalse();
      partition.clock.nowMs += 1_000;
    }
  }

  @Test
  void noPartitionGoesIdleWhileKafkaDoesNotAnswer() {
    try (Metrics kafka = new Metrics();
        AnsweredFetches reporter = new AnsweredFetches()) {
      long[] answers = {0};
      reporter.configure(
          Map.of("tidewatch.source", "watermarks/requests", "client.id", "watermarks-" + SUBTASK));
      kafka.addReporter(reporter);
      kafka.addMetric(
          kafka.metricName("fetch-total", "consumer-fetch-manager-metrics"),
          (config, nowMs) -> (double) answers[0]);
      Partition ofThisSubtask = new Partition();
      ofThisSubtask.receive(Inbound.of(20_000L));

      pass(ofThisSubtask, Duration.ofMinutes(10), () -> {});
      assertThat(ofThisSubtask.idle).as("nobody said that there is nothing").isFalse();

      pass(ofThisSubtask, Duration.ofSeconds(20), () -> answers[0]++);
      assertThat(ofThisSubtask.idle).as("20 s and the 5 s of an outage that count").isFalse();

      pass(ofThisSubtask, Duration.ofSeconds(10), () -> answers[0]++);
      assertThat(ofThisSubtask.idle).isTrue();
    }
  }

  private static void pass(Partition partition, Duration time, Runnable eachSecond) {
    for (int second = 0; second < time.toSeconds(); second++) {
      partition.clock.nowMs += 1_000;
      eachSecond.run();
      partition.periodic();
    }
  }

  @Test
  void anAcceptedRecordEndsIdleness() {
    partition.periodic();
    pass(partition, Duration.ofSeconds(31), () -> {});
    assertThat(partition.idle).isTrue();
    partition.receive(POISON);
    partition.periodic();
    assertThat(partition.idle).isTrue();
    partition.receive(Inbound.of(60_000L));
    partition.periodic();
    assertThat(partition.idle).isFalse();
  }

  @Test
  void eventTimeIsThatOfTheRecordAndARefusedMessageHasNone() {
    TimestampAssigner<Inbound<Long>> assigner =
        strategy.createTimestampAssigner(
            (TimestampAssignerSupplier.Context) UnregisteredMetricsGroup::new);
    assertThat(assigner.extractTimestamp(Inbound.of(7L), 99)).isEqualTo(7);
    assertThat(assigner.extractTimestamp(POISON, 99)).isEqualTo(TimestampAssigner.NO_TIMESTAMP);
  }

  private static final class ManualClock implements RelativeClock {
    private long nowMs = 1;

    @Override
    public long relativeTimeMillis() {
      return nowMs;
    }

    @Override
    public long relativeTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(nowMs);
    }
  }

  /** One partition: the generator Flink makes for it, and what it hears of it. */
  private final class Partition implements WatermarkOutput {
    private final ManualClock clock = new ManualClock();
    private final WatermarkGenerator<Inbound<Long>> generator =
        strategy.createWatermarkGenerator(
            new WatermarkGeneratorSupplier.Context() {
              @Override
              public MetricGroup getMetricGroup() {
                return new UnregisteredMetricsGroup() {
                  @Override
                  public Map<String, String> getAllVariables() {
                    return Map.of("<subtask_index>", SUBTASK);
                  }
                };
              }

              @Override
              public RelativeClock getInputActivityClock() {
                return clock;
              }
            });
    private long watermarkMs = Long.MIN_VALUE;
    private boolean idle;

    void receive(Inbound<Long> inbound) {
      Long value = inbound.value();
      generator.onEvent(inbound, value == null ? TimestampAssigner.NO_TIMESTAMP : value, this);
    }

    long periodic() {
      generator.onPeriodicEmit(this);
      return watermarkMs;
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarkMs = watermark.getTimestamp();
      idle = false;
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }
}
