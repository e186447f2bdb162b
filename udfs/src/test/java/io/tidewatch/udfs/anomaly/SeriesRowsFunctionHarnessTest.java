package io.tidewatch.udfs.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.series.SeriesChoice;
import io.tidewatch.analytics.series.SeriesKey;
import io.tidewatch.analytics.series.SeriesRow;
import io.tidewatch.analytics.series.SeriesRules;
import io.tidewatch.udfs.UnkeyedRun;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeriesRowsFunctionHarnessTest {
  private static final SeriesRules THREE = new SeriesRules(3, 3, Duration.ofDays(2));

  /** Two metrics of a device, whose time is 1. */
  private static final SeriesChoice<String> CHOICE =
      (device, to) -> {
        to.accept(new SeriesRow(new SeriesKey("press", device, "force_mean"), 0, 1, 5, false, 0));
        to.accept(new SeriesRow(new SeriesKey("press", device, "heat_mean"), 0, 1, 6, false, 0));
      };

  private UnkeyedRun<String, SeriesRow> run;

  private static ProcessOperator<String, SeriesRow> operator() {
    return new ProcessOperator<>(new SeriesRowsFunction<>(CHOICE, THREE));
  }

  @BeforeEach
  void start() throws Exception {
    run = new UnkeyedRun<>(operator(), 1);
  }

  @AfterEach
  void stop() {
    run.close();
  }

  private List<String> told() {
    return run.results().stream()
        .map(row -> row.key().entity() + "/" + row.key().metric())
        .toList();
  }

  @Test
  void makesARowOfEachMetricUntilThereAreTooManySeries() throws Exception {
    run.add("a", 7);
    run.add("b", 8);
    run.add("c", 9);
    run.add("b", 10);
    assertThat(told())
        .containsExactly("a/force_mean", "a/heat_mean", "b/force_mean", "b/force_mean");
    assertThat(run.resultTimesMs()).containsExactly(7L, 7L, 8L, 10L);
    assertThat(run.counter("tidewatch.rows_over_limit_total")).isEqualTo(4);
    assertThat(run.gauge("tidewatch.series")).containsExactly(3);
  }

  @Test
  void whatOneSubtaskLetInAllKnowAfterARestart() throws Exception {
    run.add("a", 7);
    run.add("b", 8);
    run.restart(operator(), 2);
    run.add(1, "b", 9);
    run.add(0, "a", 9);
    run.add(1, "b", 9);
    assertThat(told().subList(3, 7))
        .containsExactlyInAnyOrder("a/force_mean", "a/heat_mean", "b/force_mean", "b/heat_mean");
    run.restart(operator(), 1);
    run.add("a", 10);
    assertThat(run.counter("tidewatch.rows_over_limit_total")).isEqualTo(1);
  }

  @Test
  void aSilentSeriesLeavesItsPlace() throws Exception {
    run.add("a", 1);
    run.add("b", 1);
    run.watermark(Duration.ofDays(3).toMillis());
    run.add("c", 1);
    assertThat(told()).endsWith("c/force_mean", "c/heat_mean");
  }
}
