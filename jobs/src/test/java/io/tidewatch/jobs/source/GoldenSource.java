package io.tidewatch.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.analytics.clean.ClockGuard;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.udfs.decode.Inbound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Lines as a Kafka source would deliver them, one by one, decoded by the production code, with a
 * watermark after each accepted one, so that what is late does not depend on the machine.
 */
public final class GoldenSource {
  /** The broker's time of all messages: shortly after the last of them. */
  private static final Instant BROKER_TIME = Instant.parse("2024-01-01T00:01:00Z");

  private static final long OUT_OF_ORDERNESS_MS = Duration.ofSeconds(5).toMillis();

  private GoldenSource() {}

  /** A line of a file, which stands for the topic; its number for the offset. */
  public record Line(String file, int number, String text) {}

  /** A bounded stream of the lines in their order. */
  public static <T> DataStream<Inbound<T>> of(
      StreamExecutionEnvironment env,
      List<Line> lines,
      MessageDecoder<T> decoder,
      EventTime<T> eventTime,
      Class<T> type) {
    DecodingSchema<T> schema =
        new DecodingSchema<>(decoder, eventTime, ClockGuard.withDefaults(), type);
    List<Inbound<T>> inbound = new ArrayList<>();
    lines.forEach(line -> schema.deserialize(message(line), new ListCollector<>(inbound)));
    return env.fromData(inbound, schema.getProducedType())
        .uid("golden-source")
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Inbound<T>>forGenerator(context -> new AfterEach<>())
                .withTimestampAssigner(
                    (each, ignored) ->
                        each.value() == null
                            ? TimestampAssigner.NO_TIMESTAMP
                            : eventTime.ofMs(each.value())))
        .uid("golden-watermarks");
  }

  private static ConsumerRecord<byte[], byte[]> message(Line line) {
    byte[] value = line.text().getBytes(UTF_8);
    return new ConsumerRecord<>(
        line.file(),
        0,
        line.number(),
        BROKER_TIME.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        0,
        value.length,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static final class AfterEach<T> implements WatermarkGenerator<Inbound<T>> {
    private long newestMs = Long.MIN_VALUE + OUT_OF_ORDERNESS_MS + 1;

    @Override
    public void onEvent(Inbound<T> inbound, long eventTimeMs, WatermarkOutput output) {
      if (inbound.value() != null) {
        newestMs = Math.max(newestMs, eventTimeMs);
        output.emitWatermark(new Watermark(newestMs - OUT_OF_ORDERNESS_MS - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Nothing depends on the time of the machine.
    }
  }
}
