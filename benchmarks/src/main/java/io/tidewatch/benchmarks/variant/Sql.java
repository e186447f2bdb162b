package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.EventSource;
import io.tidewatch.benchmarks.workload.Workload;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/**
 * The SQL variants without their function. The source hands out SQL's own rows, so that SQL does
 * not pay for a conversion that a table source would not have.
 */
final class Sql {
  private static final RowType SAMPLE =
      RowType.of(
          false,
          new LogicalType[] {new IntType(false), new DoubleType(false)},
          new String[] {"id", "v"});

  private Sql() {}

  /** A table environment in UTC in which {@code samples} is the workload. */
  static StreamTableEnvironment environment(StreamExecutionEnvironment env, Workload workload) {
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
    DataStream<RowData> source =
        EventSource.stream(
            env,
            workload,
            (key, timeMs, value) -> GenericRowData.of(key, value),
            InternalTypeInfo.of(SAMPLE));
    tables.createTemporaryView(
        "samples",
        source,
        Schema.newBuilder()
            .column("id", DataTypes.INT().notNull())
            .column("v", DataTypes.DOUBLE().notNull())
            .columnByMetadata("at", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
            .watermark("at", "SOURCE_WATERMARK()")
            .build());
    return tables;
  }

  /**
   * @param percentiles SQL expression over {@code v}: an array of the three percentiles
   */
  static DataStream<WindowRow> windows(
      StreamTableEnvironment tables, Duration size, String percentiles) {
    return tables
        .toDataStream(
            tables.sqlQuery(
                """
                SELECT id, window_end, COUNT(*) AS n, %s AS p
                FROM HOP(
                  DATA => TABLE samples, TIMECOL => DESCRIPTOR(`at`),
                  SLIDE => INTERVAL '1' SECOND, SIZE => INTERVAL '%d' SECOND(6))
                GROUP BY id, window_start, window_end
                """
                    .formatted(percentiles, size.toSeconds())))
        .map(Sql::row, TypeInformation.of(WindowRow.class));
  }

  private static WindowRow row(Row row) {
    Double[] at = row.getFieldAs("p");
    LocalDateTime end = row.getFieldAs("window_end");
    return new WindowRow(
        row.<Integer>getFieldAs("id"),
        end.toInstant(ZoneOffset.UTC).toEpochMilli(),
        row.<Long>getFieldAs("n"),
        at[0],
        at[1],
        at[2]);
  }
}
