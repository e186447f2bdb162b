package io.tidewatch.jobs.backtest;

import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.source.EventTime;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.udfs.decode.Inbound;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded as a stream: in its order, by one subtask, with a watermark behind each record.
 */
final class RecordedInput {
  private static final String FILE = "backtest-file";
  private static final String LINES = "backtest-lines";
  private static final String WATERMARKS = "backtest-watermarks";

  /** Before and behind all that is stored, and within what a database can say. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final StreamExecutionEnvironment env;
  private final Instant from;
  private final Instant to;

  /**
   * @param from first event time; null for all
   * @param to behind the last event time; null for all
   */
  RecordedInput(StreamExecutionEnvironment env, @Nullable Instant from, @Nullable Instant to) {
    this.env = env;
    this.from = from == null ? EARLIEST : from;
    this.to = to == null ? LATEST : to;
  }

  /** The messages of a file, one a line, as a source would have delivered them. */
  <T> DataStream<Inbound<T>> lines(
      Path input,
      MessageDecoder<T> decoder,
      EventTime<T> eventTime,
      Class<T> type,
      Duration outOfOrderness) {
    return recorded(
        input.toAbsolutePath().toString(),
        new RecordedLines<>(decoder, eventTime, from.toEpochMilli(), to.toEpochMilli()),
        Inbound.typeInfo(type),
        outOfOrderness,
        (inbound, ignored) -> {
          T value = inbound.value();
          return value == null ? TimestampAssigner.NO_TIMESTAMP : eventTime.ofMs(value);
        });
  }

  /**
   * The rows of a query.
   *
   * @param query as {@link StoredRows} wants it
   * @param windowEnd event time of a row
   */
  <T> DataStream<T> rows(
      String query,
      PostgresConfig database,
      StoredRows.Row<T> row,
      EventTime<T> windowEnd,
      Class<T> type) {
    return recorded(
        query,
        new StoredRows<>(database, row, from, to),
        TypeInformation.of(type),
        Duration.ZERO,
        (value, ignored) -> windowEnd.ofMs(value));
  }

  private <V> DataStream<V> recorded(
      String place,
      FlatMapFunction<String, V> reader,
      TypeInformation<V> type,
      Duration outOfOrderness,
      SerializableTimestampAssigner<V> eventTime) {
    return env.fromData(List.of(place), Types.STRING)
        .setParallelism(1)
        .uid(FILE)
        .flatMap(reader, type)
        .setParallelism(1)
        .uid(LINES)
        .name(LINES)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<V>forGenerator(context -> new RecordedWatermarks<>(outOfOrderness))
                .withTimestampAssigner(eventTime))
        .setParallelism(1)
        .uid(WATERMARKS)
        .name(WATERMARKS);
  }
}
