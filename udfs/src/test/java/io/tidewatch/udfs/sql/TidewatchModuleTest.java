package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.module.CoreModule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Found, named and typed by Flink's planner; nothing runs here. */
class TidewatchModuleTest {
  private static final TableEnvironment TABLES =
      TableEnvironment.create(EnvironmentSettings.inStreamingMode());

  @BeforeAll
  static void load() {
    TABLES.executeSql("LOAD MODULE tidewatch");
    TABLES.executeSql(
        "CREATE TEMPORARY VIEW t AS SELECT * FROM (VALUES (1, 2.5, PROCTIME())) AS v(k, x, p)");
  }

  @Test
  void isListedWithItsFunctions() {
    assertThat(TABLES.listModules()).containsExactly("core", "tidewatch");
    assertThat(TABLES.listFunctions())
        .contains(
            "dd_sketch",
            "sketch_merge",
            "sketch_quantile",
            "sketch_count",
            "sketch_max",
            "window_features",
            "frame_features",
            "min_max_scale",
            "z_score");
  }

  @Test
  void shadowsNoFunctionOfFlink() {
    assertThat(new TidewatchModule().listFunctions())
        .isNotEmpty()
        .doesNotContainAnyElementsOf(
            CoreModule.INSTANCE.listFunctions(true).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList());
    assertThat(new TidewatchModule().getFunctionDefinition("abs")).isEmpty();
  }

  @Test
  void namesAreOfAnyCaseAndTypesAsDocumented() {
    assertThat(
            TABLES
                .sqlQuery(
                    """
                    SELECT Dd_Sketch(x), SKETCH_MERGE(X'00'), sketch_quantile(DD_SKETCH(x), 1),
                      SKETCH_COUNT(DD_SKETCH(x)), SKETCH_MAX(DD_SKETCH(x)), WINDOW_FEATURES(k),
                      MIN_MAX_SCALE(MAX(x), 0, 1), MIN_MAX_SCALE(MAX(x), 0, 1, -1, 1),
                      Z_SCORE(MAX(k), 0, 2.5)
                    FROM t
                    """)
                .getResolvedSchema()
                .getColumnDataTypes())
        .containsExactly(
            DataTypes.BYTES(),
            DataTypes.BYTES(),
            DataTypes.DOUBLE(),
            DataTypes.BIGINT(),
            DataTypes.DOUBLE(),
            DataTypes.ROW(
                DataTypes.FIELD("mean", DataTypes.DOUBLE()),
                DataTypes.FIELD("std", DataTypes.DOUBLE()),
                DataTypes.FIELD("min", DataTypes.DOUBLE()),
                DataTypes.FIELD("max", DataTypes.DOUBLE()),
                DataTypes.FIELD("count", DataTypes.BIGINT()),
                DataTypes.FIELD("missing_ratio", DataTypes.DOUBLE())),
            DataTypes.DOUBLE(),
            DataTypes.DOUBLE(),
            DataTypes.DOUBLE());
  }

  @Test
  void featuresOverAFrameAreRefusedBeforeTheQueryStarts() {
    String frame =
        " OVER (PARTITION BY k ORDER BY p ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM t";
    assertThat(plan("SELECT DD_SKETCH(x)" + frame)).contains("OverAggregate");
    assertThat(plan("SELECT FRAME_FEATURES(x)" + frame)).contains("OverAggregate");
    assertThatThrownBy(() -> plan("SELECT WINDOW_FEATURES(x)" + frame))
        .hasStackTraceContaining("retract");
  }

  @Test
  void windowsAndCorrectedInputsAreAggregatedInTwoPhases() {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    tables.getConfig().set("table.optimizer.agg-phase-strategy", "TWO_PHASE");
    tables.getConfig().set("table.exec.mini-batch.enabled", "true");
    tables.getConfig().set("table.exec.mini-batch.allow-latency", "1 s");
    tables.getConfig().set("table.exec.mini-batch.size", "100");
    tables.executeSql("LOAD MODULE tidewatch");
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE r (k INT, x DOUBLE, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
        WITH ('connector' = 'datagen')
        """);
    assertThat(
            tables.explainSql(
                """
                SELECT k, DD_SKETCH(x), WINDOW_FEATURES(x)
                FROM HOP(TABLE r, DESCRIPTOR(ts), INTERVAL '2' SECOND, INTERVAL '10' SECOND)
                GROUP BY k, window_start, window_end
                """,
                ExplainDetail.JSON_EXECUTION_PLAN))
        .contains("LocalWindowAggregate", "GlobalWindowAggregate");
    assertThat(
            tables.explainSql(
                """
                SELECT MOD(k, 7), SKETCH_MERGE(s), FRAME_FEATURES(x)
                FROM (SELECT k, DD_SKETCH(x) AS s, MAX(x) AS x FROM r GROUP BY k)
                GROUP BY MOD(k, 7)
                """,
                ExplainDetail.JSON_EXECUTION_PLAN))
        .contains("LocalGroupAggregate", "GlobalGroupAggregate");
  }

  @Test
  void otherTypesAreRefused() {
    assertThatThrownBy(() -> TABLES.sqlQuery("SELECT DD_SKETCH('fast') FROM t"))
        .hasStackTraceContaining("DD_SKETCH(x => DOUBLE)");
    assertThat(Stream.of("SKETCH_MAX(1)", "Z_SCORE(1, 2)", "MIN_MAX_SCALE(1, 2, 3, 4)"))
        .allSatisfy(
            call ->
                assertThatThrownBy(() -> TABLES.sqlQuery("SELECT " + call + " FROM t"))
                    .isInstanceOf(ValidationException.class));
  }

  private static String plan(String query) {
    return TABLES.explainSql(query, ExplainDetail.JSON_EXECUTION_PLAN);
  }
}
