package io.tidewatch.benchmarks.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.benchmarks.workload.Progress;
import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.embedded.EmbeddedFlink;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table compares like with like: all variants compute the same windows. */
class VariantsTest {
  private static final Workload WORKLOAD = new Workload(20, 20, 5, 2, 12);
  private static final ExactWindows EXACT = new ExactWindows(WORKLOAD);
  private static final double RELATIVE_ERROR = 0.01;
  private static final ConcurrentLinkedQueue<Object> RESULTS = new ConcurrentLinkedQueue<>();
  @TempDir private static Path folder;
  private static EmbeddedFlink flink;

  @BeforeAll
  static void start() {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    flink = EmbeddedFlink.start(folder, 2, settings);
  }

  @AfterAll
  static void stop() {
    flink.close();
  }

  @BeforeEach
  void forget() {
    RESULTS.clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"window", "sql-percentile", "sql-sketch", "panes", "running", "tidewatch"})
  void computesTheWindowsOfTheExactOracle(String id) {
    assertAgrees(run(id).stream().map(WindowRow.class::cast).toList());
  }

  @Test
  void plainLoopComputesTheWindowsOfTheExactOracle() {
    ConcurrentLinkedQueue<WindowRow> rows = new ConcurrentLinkedQueue<>();

    PlainLoop.windows(WORKLOAD, rows::add);

    assertAgrees(List.copyOf(rows));
  }

  @Test
  void latencyJobComputesTheWindowsOfTheExactOracle() {
    assertAgrees(run("latency").stream().map(LatencyWindow.class::cast).map(this::row).toList());
  }

  @Test
  void featureJobCountsTheRecordsOfTheExactOracle() {
    List<FeatureVector> vectors = run("features").stream().map(FeatureVector.class::cast).toList();

    assertThat(vectors).hasSize(EXACT.size());
    assertThat(vectors)
        .allSatisfy(
            vector ->
                assertThat(vector.records())
                    .isEqualTo(
                        EXACT.count(
                            new ExactWindows.Id(number(vector.deviceId()), vector.windowEndMs()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"points", "points-cleaned", "points-all"})
  void featuresByPointsHaveWindowsOfAHundredPointsEachFifty(String id) {
    List<FeatureVector> vectors = run(id).stream().map(FeatureVector.class::cast).toList();

    // 202 records a device
    assertThat(vectors).hasSize(3 * WORKLOAD.keys()).allMatch(vector -> vector.records() == 100);
    boolean isCleaned = !id.equals("points");
    assertThat(vectors.stream().anyMatch(vector -> ratio(vector, 2) > 0)).isEqualTo(isCleaned);
    assertThat(vectors.stream().anyMatch(vector -> ratio(vector, 1) > 0)).isEqualTo(isCleaned);
    assertThat(vectors.stream().mapToDouble(vector -> ratio(vector, 3)).average().orElseThrow())
        .as("missing")
        .isBetween(0.01, 0.04);
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", "time-cleaned"})
  void featuresByTimeHaveARowEachSecondWhileTheWindowHoldsRecords(String id) {
    List<FeatureVector> vectors = run(id).stream().map(FeatureVector.class::cast).toList();

    assertThat(vectors).hasSize((12 + 60 - 1) * WORKLOAD.keys());
    assertThat(vectors.stream().mapToLong(FeatureVector::records).max()).hasValue(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "latency-source", "features-source", "without"})
  void ceilingsLetEveryRecordThrough(String id) {
    long before = Progress.records();

    int records = run(id).size();

    long expected = 0;
    for (long second = 0; second < WORKLOAD.seconds(); second++) {
      expected += WORKLOAD.records(second);
    }
    assertThat(records).isEqualTo((int) expected);
    assertThat(Progress.records() - before).isEqualTo(expected);
  }

  @Test
  void unknownVariantIsRefusedWithTheNamesOfAll() {
    assertThatThrownBy(() -> Variants.get("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("tidewatch", "sql-sketch", "was fast");
  }

  /** One of the three ratios of the field before the features of the row, from the last. */
  private static double ratio(FeatureVector vector, int fromLast) {
    int ofRow = vector.features().length % Devices.FIELDS;
    return vector.features()[vector.features().length - ofRow - fromLast];
  }

  private static List<Object> run(String id) {
    Configuration settings = flink.configuration();
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(2);
    collect(((FlinkVariant) Variants.get(id)).define(env, WORKLOAD));
    var job = flink.submit(env);
    assertThat(flink.awaitEnd(job, Duration.ofMinutes(2)))
        .as("job failed of %s", flink.failureCause(job))
        .isEqualTo(JobStatus.FINISHED);
    return List.copyOf(RESULTS);
  }

  private static <T> void collect(DataStream<T> results) {
    results.map(new Collect<>(), Types.INT).sinkTo(new DiscardingSink<>());
  }

  private static void assertAgrees(List<WindowRow> rows) {
    Map<ExactWindows.Id, WindowRow> byId = new HashMap<>();
    for (WindowRow row : rows) {
      assertThat(byId.put(new ExactWindows.Id(row.key(), row.endMs()), row)).isNull();
    }
    assertThat(byId).hasSize(EXACT.size());
    byId.forEach(
        (id, row) -> {
          assertThat(row.count()).as("count of %s", id).isEqualTo(EXACT.count(id));
          assertNear(id, 0.50, row.p50());
          assertNear(id, 0.95, row.p95());
          assertNear(id, 0.99, row.p99());
        });
  }

  private static void assertNear(ExactWindows.Id id, double q, double value) {
    double[] around = EXACT.around(id, q);
    assertThat(value)
        .as("quantile %s of %s", q, id)
        .isBetween(
            around[0] * (1 - RELATIVE_ERROR) - 1e-9,
            around[around.length - 1] * (1 + RELATIVE_ERROR) + 1e-9);
  }

  private WindowRow row(LatencyWindow window) {
    return new WindowRow(
        number(window.endpoint()),
        window.windowEndMs(),
        window.count(),
        window.p50Ms(),
        window.p95Ms(),
        window.p99Ms());
  }

  private static int number(String name) {
    return Integer.parseInt(name.replaceAll("\\D", ""));
  }

  /** Keeps results in this JVM, in which the cluster is. */
  private static final class Collect<T> implements MapFunction<T, Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public Integer map(T result) {
      RESULTS.add(result);
      return 0;
    }
  }
}
