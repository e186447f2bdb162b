package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.feature.FeaturePane;
import io.tidewatch.analytics.quantile.LibrarySketches;
import io.tidewatch.analytics.quantile.QuantileSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import io.tidewatch.udfs.sql.SqlRun.Input;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random rows in windows and frames against sketches and features of the rows of each, one by one.
 */
class SqlWindowsITCase {
  private static final int ROWS = 1_200;
  private static final long START_MS = 1_704_103_200_000L;
  private static final Percentage ONE_PERCENT = Percentage.withPercentage(1.0001);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  /** Up to three seconds out of order, one in twenty NULL. */
  private static final List<Input> INPUTS = inputs();

  static Stream<Arguments> windows() {
    List<Map<String, String>> phases =
        List.of(
            Map.of("table.optimizer.agg-phase-strategy", "ONE_PHASE"),
            Map.of("table.optimizer.agg-phase-strategy", "TWO_PHASE"));
    return Stream.of(
            "TUMBLE(TABLE t, DESCRIPTOR(`at`), INTERVAL '7' SECOND)",
            "HOP(TABLE t, DESCRIPTOR(`at`), INTERVAL '2' SECOND, INTERVAL '10' SECOND)",
            "CUMULATE(TABLE t, DESCRIPTOR(`at`), INTERVAL '5' SECOND, INTERVAL '20' SECOND)",
            "SESSION(TABLE t PARTITION BY k, DESCRIPTOR(`at`), INTERVAL '1' SECOND)")
        .flatMap(window -> phases.stream().map(phase -> Arguments.of(window, phase)));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void windowsHoldTheRowsOfTheirTime(String window, Map<String, String> options) throws Exception {
    SqlRun run = new SqlRun(options);
    run.table("t", INPUTS, 3);

    List<Row> rows =
        run.rows(
            """
            SELECT k, window_start, window_end, DD_SKETCH(x), WINDOW_FEATURES(x), COUNT(*)
            FROM %s
            GROUP BY k, window_start, window_end
            """
                .formatted(window));

    assertThat(rows).hasSizeGreaterThan(20);
    long counted = 0;
    for (Row row : rows) {
      long startMs = ms(row.getFieldAs(1));
      long endMs = ms(row.getFieldAs(2));
      List<Input> inside =
          INPUTS.stream()
              .filter(each -> each.k().equals(row.getField(0)))
              .filter(each -> each.atMs() >= startMs && each.atMs() < endMs)
              .toList();
      assertThat((Long) row.getFieldAs(5)).isEqualTo(inside.size());
      assertThat((byte[]) row.getFieldAs(3)).isEqualTo(sketchBytes(inside));
      assertThat((Row) row.getFieldAs(4)).isEqualTo(features(inside));
      counted += inside.size();
    }
    assertThat(counted).isGreaterThanOrEqualTo(ROWS);
  }

  @Test
  void sketchesOfPartsMergeToThatOfTheWhole() throws Exception {
    SqlRun run = new SqlRun(Map.of());
    run.table("t", INPUTS, 3);

    List<Row> rows =
        run.rows(
            """
            SELECT window_start, window_end, SKETCH_MERGE(s)
            FROM (SELECT window_start, window_end, k, DD_SKETCH(x) AS s
                  FROM TUMBLE(TABLE t, DESCRIPTOR(`at`), INTERVAL '7' SECOND)
                  GROUP BY k, window_start, window_end)
            GROUP BY window_start, window_end
            """);

    assertThat(rows).hasSizeGreaterThan(10);
    for (Row row : rows) {
      long startMs = ms(row.getFieldAs(0));
      long endMs = ms(row.getFieldAs(1));
      assertThat((byte[]) row.getFieldAs(2))
          .isEqualTo(
              sketchBytes(
                  INPUTS.stream()
                      .filter(each -> each.atMs() >= startMs && each.atMs() < endMs)
                      .toList()));
    }
  }

  @Test
  void aFrameOfRowsHoldsTheLastOnes() throws Exception {
    SqlRun run = new SqlRun(Map.of());
    run.table("t", INPUTS, 3);

    List<Row> rows =
        run.rows(
            """
            SELECT id, DD_SKETCH(x) OVER w, FRAME_FEATURES(x) OVER w
            FROM t
            WINDOW w AS (PARTITION BY k ORDER BY `at` ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)
            """);

    Map<Integer, List<Input>> frames = new HashMap<>();
    ofKeysInTime()
        .forEach(
            inputs -> {
              for (int i = 0; i < inputs.size(); i++) {
                frames.put(inputs.get(i).id(), inputs.subList(Math.max(0, i - 9), i + 1));
              }
            });
    assertThat(rows).hasSize(ROWS);
    for (Row row : rows) {
      List<Input> frame = frames.get(row.<Integer>getFieldAs(0));
      assertBinsOf(frame, row.getFieldAs(1));
      assertThat((Row) row.getFieldAs(2)).isEqualTo(features(frame));
    }
  }

  @Test
  void aFrameOfTimeHoldsTheRowsOfThatTime() throws Exception {
    SqlRun run = new SqlRun(Map.of());
    run.table("t", INPUTS, 3);

    List<Row> rows =
        run.rows(
            """
            SELECT id, DD_SKETCH(x) OVER w, FRAME_FEATURES(x) OVER w
            FROM t
            WINDOW w AS (PARTITION BY k ORDER BY `at`
                RANGE BETWEEN INTERVAL '4' SECOND PRECEDING AND CURRENT ROW)
            """);

    Map<Integer, List<Input>> frames = new HashMap<>();
    for (Input last : INPUTS) {
      frames.put(
          last.id(),
          INPUTS.stream()
              .filter(each -> each.k().equals(last.k()))
              .filter(each -> each.atMs() <= last.atMs() && each.atMs() >= last.atMs() - 4_000)
              .toList());
    }
    assertThat(rows).hasSize(ROWS);
    for (Row row : rows) {
      List<Input> frame = frames.get(row.<Integer>getFieldAs(0));
      assertBinsOf(frame, row.getFieldAs(1));
      assertThat((Row) row.getFieldAs(2)).isEqualTo(features(frame));
    }
  }

  static Stream<Map<String, String>> strategies() {
    return Stream.of(
        Map.of("table.optimizer.agg-phase-strategy", "ONE_PHASE"),
        Map.of(
            "table.optimizer.agg-phase-strategy", "TWO_PHASE",
            "table.exec.mini-batch.enabled", "true",
            "table.exec.mini-batch.allow-latency", "200 ms",
            "table.exec.mini-batch.size", "37"));
  }

  /** Each input takes back what its series said before: in two phases, often before that came. */
  @ParameterizedTest
  @MethodSource("strategies")
  void correctedInputLeavesTheLastValueOfEachSeries(Map<String, String> options) throws Exception {
    SqlRun run = new SqlRun(options);
    run.table("t", INPUTS, 3);

    List<Row> rows =
        run.rows(
            """
            SELECT k, DD_SKETCH(x), SKETCH_MERGE(s), COUNT(*), FRAME_FEATURES(x)
            FROM (SELECT k, MOD(id, 40) AS series, LAST_VALUE(x) AS x,
                    DD_SKETCH(x) AS s
                  FROM t WHERE x IS NOT NULL GROUP BY k, MOD(id, 40))
            GROUP BY k
            """);

    assertThat(rows).hasSize(3);
    for (Row row : rows) {
      List<Input> ofKey =
          INPUTS.stream()
              .filter(each -> each.x() != null && each.k().equals(row.getField(0)))
              .toList();
      Map<Integer, Input> last = new HashMap<>();
      ofKey.forEach(each -> last.put(each.id() % 40, each));
      assertThat((Long) row.getFieldAs(3)).isEqualTo(last.size());
      assertBinsOf(List.copyOf(last.values()), row.getFieldAs(1));
      assertBinsOf(ofKey, row.getFieldAs(2));
      assertThat((Row) row.getFieldAs(4)).isEqualTo(features(List.copyOf(last.values())));
    }
  }

  @Test
  void aBadValueFailsTheQueryInOneLineAndAFilterLeavesItOut() throws Exception {
    SqlRun run = new SqlRun(Map.of());
    run.table("t", List.of(new Input("a", 1, 5.0, 0), new Input("a", 2, -3.0, 1)), 3);

    assertThatThrownBy(() -> run.rows("SELECT SKETCH_COUNT(DD_SKETCH(x)) FROM t"))
        .hasStackTraceContaining("DD_SKETCH: value: must be finite and ≥ 0, was -3.0");
    assertThat(run.rows("SELECT SKETCH_COUNT(DD_SKETCH(x) FILTER (WHERE x >= 0)) FROM t"))
        .containsExactly(Row.of(1L));
  }

  private static List<Input> inputs() {
    Random random = new Random(20);
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      long atMs = START_MS + 100L * i + random.nextInt(30) * 100L + random.nextInt(100);
      Double x = random.nextInt(20) == 0 ? null : Math.exp(3 + 1.5 * random.nextGaussian());
      inputs.add(new Input(List.of("a", "b", "c").get(random.nextInt(3)), i, x, atMs));
    }
    return inputs;
  }

  /** Rows of one time stay in the order they came. */
  private static List<List<Input>> ofKeysInTime() {
    return Stream.of("a", "b", "c")
        .map(
            k ->
                INPUTS.stream()
                    .filter(each -> each.k().equals(k))
                    .sorted(Comparator.comparingLong(Input::atMs).thenComparing(Input::id))
                    .toList())
        .toList();
  }

  private static QuantileSketch sketch(List<Input> inputs) {
    QuantileSketch sketch = new QuantileSketch();
    inputs.stream().filter(each -> each.x() != null).forEach(each -> sketch.add(each.x()));
    return sketch;
  }

  private static byte[] sketchBytes(List<Input> inputs) {
    QuantileSketch sketch = sketch(inputs);
    return sketch.count() == 0 ? null : StoredSketches.encode(sketch);
  }

  private static void assertBinsOf(List<Input> inputs, byte[] bytes) throws IOException {
    QuantileSketch expected = sketch(inputs);
    if (expected.count() == 0) {
      assertThat(bytes).isNull();
      return;
    }
    QuantileSketch actual = StoredSketches.decode(bytes);
    assertThat(bins(actual)).isEqualTo(bins(expected));
    assertThat(actual.max()).isCloseTo(expected.max(), ONE_PERCENT);
  }

  /** Without the greatest value, which frames tell within one percent only. */
  private static byte[] bins(QuantileSketch sketch) throws IOException {
    return LibrarySketches.fromLibrary(LibrarySketches.toLibrary(sketch)).toBytes();
  }

  private static Row features(List<Input> inputs) {
    FeaturePane pane = new FeaturePane(1);
    inputs.forEach(each -> pane.add(new double[] {each.x() == null ? Double.NaN : each.x()}));
    return new WindowFeaturesFunction().getValue(pane);
  }

  private static long ms(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
