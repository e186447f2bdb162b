package io.tidewatch.udfs.sql;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/** A session of streaming SQL in UTC in which the module is loaded. */
final class SqlRun {
  private static final TypeInformation<Row> ROW =
      Types.ROW_NAMED(
          new String[] {"k", "id", "x", "at"},
          Types.STRING,
          Types.INT,
          Types.DOUBLE,
          Types.LOCAL_DATE_TIME);

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment();
  private final StreamTableEnvironment tables;

  /** One row of input; {@code x} may be null. */
  record Input(String k, int id, Double x, long atMs) {}

  /**
   * @param options of Flink's SQL
   */
  SqlRun(Map<String, String> options) {
    env.setParallelism(2);
    tables = StreamTableEnvironment.create(env);
    tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
    options.forEach(tables.getConfig()::set);
    tables.executeSql("LOAD MODULE tidewatch");
  }

  /** Makes a table of {@code k, id, x, at}, with rows in the order they come. */
  void table(String name, List<Input> inputs, long outOfOrderSeconds) {
    List<Row> rows =
        inputs.stream()
            .map(
                each ->
                    Row.of(
                        each.k(),
                        each.id(),
                        each.x(),
                        Instant.ofEpochMilli(each.atMs())
                            .atOffset(ZoneOffset.UTC)
                            .toLocalDateTime()))
            .toList();
    tables.createTemporaryView(
        name,
        env.fromData(rows, ROW),
        Schema.newBuilder()
            .column("k", DataTypes.STRING())
            .column("id", DataTypes.INT())
            .column("x", DataTypes.DOUBLE())
            .column("at", DataTypes.TIMESTAMP(3))
            .watermark("at", "`at` - INTERVAL '" + outOfOrderSeconds + "' SECOND")
            .build());
  }

  void execute(String statement) {
    tables.executeSql(statement);
  }

  /** The rows there are in the end, without their kind. */
  List<Row> rows(String query) throws Exception {
    return rows(tables.executeSql(query));
  }

  /** The rows there are in the end, without their kind. */
  @SuppressWarnings("try") // close() of the iterator may be interrupted, and so may the test
  static List<Row> rows(TableResult result) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> changes = result.collect()) {
      while (changes.hasNext()) {
        Row row = changes.next();
        RowKind kind = row.getKind();
        row.setKind(RowKind.INSERT);
        if (kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER) {
          rows.add(row);
        } else if (!rows.remove(row)) {
          throw new AssertionError("taken back before it came: " + row);
        }
      }
    }
    return rows;
  }

  /** Names of the columns of a query. */
  List<String> columns(String query) {
    return tables.sqlQuery(query).getResolvedSchema().getColumnNames();
  }
}
