package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.exact.OrderStatistics;
import io.tidewatch.analytics.scale.ScalerFit;
import io.tidewatch.schemas.dataset.ColumnSummary;
import io.tidewatch.schemas.scale.FeatureStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ColumnStatisticsTest {

  @Test
  void tellsStatisticsOfAColumn() {
    double[] values = {4, Double.NaN, 2, 6, 4};
    assertThat(ColumnStatistics.of(values, 0.5, 0.25, 0, 1))
        .isEqualTo(
            new ColumnSummary(
                4,
                1,
                2,
                6,
                4,
                Math.sqrt(2),
                new TreeMap<>(Map.of(0.0, 2.0, 0.25, 3.5, 0.5, 4.0, 1.0, 6.0))));
    assertThat(values).as("stays as it is").containsExactly(4, Double.NaN, 2, 6, 4);
  }

  @Test
  void aColumnWithoutValueHasOnlyACount() {
    ColumnSummary none = ColumnStatistics.of(new double[] {Double.NaN, Double.NaN}, 0.5);
    assertThat(none).isEqualTo(ColumnSummary.withoutValues(2, Map.of(0.5, Double.NaN)));
    assertThat(none.missingRatio()).isEqualTo(1);
    assertThat(ColumnStatistics.of(new double[0], 0.5).rows()).isZero();
  }

  @Test
  void oneValueIsAllItsStatistics() {
    ColumnSummary one = ColumnStatistics.of(new double[] {-7.5}, 0.01, 0.99);
    assertThat(one)
        .isEqualTo(
            new ColumnSummary(
                1, 0, -7.5, -7.5, -7.5, 0, new TreeMap<>(Map.of(0.01, -7.5, 0.99, -7.5))));
  }

  @Test
  void whatIsNotFiniteIsMissing() {
    ColumnSummary summary =
        ColumnStatistics.of(
            new double[] {Double.POSITIVE_INFINITY, 1, Double.NEGATIVE_INFINITY, 3});
    assertThat(summary).isEqualTo(new ColumnSummary(2, 2, 1, 3, 2, 1, new TreeMap<>()));
  }

  @Test
  void aConstantColumnHasNoDeviation() {
    double[] values = new double[1_000];
    Arrays.fill(values, 1e15 + 0.1);
    ColumnSummary summary = ColumnStatistics.of(values, 0.5);
    assertThat(summary.std()).isZero();
    assertThat(summary.mean()).isEqualTo(1e15 + 0.1);
    assertThat(summary.quantiles()).containsEntry(0.5, 1e15 + 0.1);
  }

  @Test
  void aDeviationBeyondDoublesIsNone() {
    ColumnSummary summary =
        ColumnStatistics.of(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE}, 0.5);
    assertThat(summary.std()).isNaN();
    assertThat(summary.mean()).isZero();
    assertThat(summary.max()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void agreesWithTheExactStatisticsOfTheScalerAndTheQuantilesOfFeatures() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      double offset = Math.scalb(random.nextDouble(), random.nextInt(20));
      double[] values =
          random.doubles(1 + random.nextInt(2_000)).map(x -> offset + x * x).toArray();
      double[] quantiles = random.doubles(5).toArray();
      ScalerFit fit = new ScalerFit(List.of("a"));
      for (double value : values) {
        fit.add(new double[] {value});
      }
      FeatureStatistics exact = fit.statistics().values().iterator().next();
      ColumnSummary summary = ColumnStatistics.of(values, quantiles);
      assertThat(summary.min()).isEqualTo(exact.min());
      assertThat(summary.max()).isEqualTo(exact.max());
      assertThat(summary.mean()).isCloseTo(exact.mean(), within(4 * Math.ulp(exact.mean())));
      assertThat(summary.std())
          .as("seed %d", seed)
          .isCloseTo(exact.std(), within(1e-12 * exact.std()));
      Arrays.sort(values);
      for (double q : quantiles) {
        double expected = OrderStatistics.quantile(values, values.length, q);
        assertThat(summary.quantiles().get(q)).isCloseTo(expected, within(4 * Math.ulp(expected)));
      }
    }
  }

  @Test
  void refusesAQuantileThatIsNone() {
    for (double q : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> ColumnStatistics.of(new double[] {1}, 0.5, q))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("quantile: must be 0 to 1, was " + q);
    }
    assertThat(ColumnStatistics.of(new double[] {1}, -0.0).quantiles()).containsOnlyKeys(0.0);
  }
}
