package io.tidewatch.analytics.model;

import static io.tidewatch.analytics.model.Histories.FEATURES;
import static io.tidewatch.analytics.model.Histories.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.decide.DecisionRule;
import io.tidewatch.analytics.decide.ThresholdRule;
import io.tidewatch.schemas.derived.FeatureVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PastRowsTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "a_imputed_ratio");
  private static final int ROWS = 150;

  private static PastRows of(ModelScope scope) {
    return new PastRows(
        new ModelSettings(
            scope,
            new ForestRule("built-in", 20, 64, 0, 42),
            new HistoryRule(ROWS, Duration.ofHours(1), 0.5),
            new TrainingRule(100, 0, Duration.ZERO, 0, 100),
            new ThresholdRule(0.99, 0.5, 0.55),
            new DecisionRule(Duration.ofHours(1), 0),
            0,
            1,
            Duration.ofDays(2)),
        FeatureSelection.of(NAMES, Set.of("imputed_ratio")));
  }

  private static FeatureVector row(String device, int second, double... values) {
    long endMs = START_MS + second * 1_000L;
    return new FeatureVector("host", device, endMs - 1_000, endMs, 1, values);
  }

  private static List<FeatureVector> rows(String device, int count) {
    Random random = new Random(device.hashCode());
    List<FeatureVector> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] normal = Histories.normal(random);
      rows.add(row(device, i, normal[0], normal[1], normal[2], normal[3], 0));
    }
    return rows;
  }

  @Test
  void whatIsKeptDoesNotDependOnTheOrderInWhichRowsAreRead() {
    List<FeatureVector> rows = rows("d-1", 1_000);
    PastRows one = of(ModelScope.FLEET);
    rows.forEach(one::add);
    Collections.shuffle(rows, new Random(3));
    PastRows other = of(ModelScope.FLEET);
    rows.forEach(other::add);
    assertThat(one.history("host")).hasSize(ROWS);
    assertThat(version(one)).isEqualTo(version(other));
    assertThat(one.read()).isEqualTo(1_000);
  }

  private static String version(PastRows rows) {
    return Histories.TRAINER.train("host", FEATURES, rows.history("host")).artifact().version();
  }

  @Test
  void leavesOutWhatTheStreamDoesNotLearn() {
    PastRows rows = of(ModelScope.FLEET);
    double missing = Double.NaN;
    rows.add(row("d", 1, missing, missing, missing, missing, 0));
    rows.add(row("d", 2, 1, 2, 3, 4, 0.51));
    rows.add(row("d", 3, 1, 2, 3, 4, 0).revised(1));
    assertThat(rows.keys()).isEmpty();
    assertThat(rows.history("host")).isEmpty();
    rows.add(row("d", 4, missing, 2, 3, 4, 0.5));
    assertThat(rows.history("host")).singleElement().matches(row -> row.values().length == 4);
    assertThat(rows.read()).isEqualTo(4);
    assertThat(rows.learnt()).isEqualTo(1);
  }

  @Test
  void eachDeviceHasAHistoryWhereTheScopeSaysSo() {
    PastRows rows = of(ModelScope.DEVICE);
    rows("d-2", 20).forEach(rows::add);
    rows("d-1", 30).forEach(rows::add);
    assertThat(rows.keys()).containsExactly("host/d-1", "host/d-2");
    assertThat(rows.history("host/d-1")).hasSize(30);
    assertThat(rows.history("host/d-2")).hasSize(20);
    assertThat(ModelScope.device("host/d-1")).isEqualTo("d-1");
    assertThat(ModelScope.device("host")).isNull();
  }
}
