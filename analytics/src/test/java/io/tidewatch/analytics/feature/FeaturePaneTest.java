package io.tidewatch.analytics.feature;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeaturePaneTest {
  private static final double TOLERANCE = 1e-9;

  /** What a column looks like; each draws from a standard normal value. */
  enum Column {
    NORMAL,
    CONSTANT,
    CONSTANT_TENTH,
    OFFSET_BILLION,
    OFFSET_MINUS_BILLION,
    OFFSET_TRILLION,
    TINY,
    HUGE,
    WHOLE,
    OUTLIERS;

    double of(double x) {
      return switch (this) {
        case NORMAL -> x;
        case CONSTANT -> 20.5;
        case CONSTANT_TENTH -> 0.1;
        case OFFSET_BILLION -> 1e9 + x;
        case OFFSET_MINUS_BILLION -> -1e9 + x / 1000;
        case OFFSET_TRILLION -> 1e12 + x;
        case TINY -> x * 1e-12;
        case HUGE -> x * 1e60;
        case WHOLE -> Math.rint(x * 3);
        case OUTLIERS -> x > 2 ? 1e6 * x : x;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTwoPassesHoweverTheStreamIsCutIntoPanes(Column column) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<double[]> rows = rows(random, column, 1 + random.nextInt(3000));
      FeaturePane merged = new FeaturePane(2);
      for (FeaturePane pane : cut(random, rows)) {
        merged.merge(pane);
      }
      assertThat(merged.records()).isEqualTo(rows.size());
      for (int field = 0; field < 2; field++) {
        assertClose(naive(rows, field), merged, field, column + " seed " + seed);
      }
    }
  }

  @Test
  void aConstantColumnHasNoDeviationAtAll() {
    FeaturePane merged = new FeaturePane(1);
    for (int p = 0; p < 7; p++) {
      FeaturePane pane = new FeaturePane(1);
      for (int i = 0; i <= p * 11; i++) {
        pane.add(new double[] {1e9 + 0.1});
      }
      merged.merge(pane);
    }
    assertThat(merged.sampleDeviation(0)).isEqualTo(0.0);
    assertThat(merged.mean(0)).isEqualTo(1e9 + 0.1);
  }

  @Test
  void saysNaNWhereThereIsTooLittle() {
    FeaturePane pane = new FeaturePane(1);
    assertThat(pane.features()).containsExactly(NaN, NaN, NaN, NaN, 0);
    pane.add(new double[] {NaN});
    assertThat(pane.features()).containsExactly(NaN, NaN, NaN, NaN, 0);
    assertThat(pane.records()).isEqualTo(1);
    pane.add(new double[] {3});
    assertThat(pane.features()).containsExactly(3, NaN, 3, 3, 1);
    pane.add(new double[] {5});
    assertThat(pane.features()).containsExactly(4, Math.sqrt(2), 3, 5, 2);
  }

  @Test
  void takesInfiniteValuesAsMissing() {
    FeaturePane pane = new FeaturePane(1);
    pane.add(new double[] {Double.POSITIVE_INFINITY});
    pane.add(new double[] {Double.NEGATIVE_INFINITY});
    assertThat(pane.count(0)).isZero();
    assertThat(pane.records()).isEqualTo(2);
  }

  @Test
  void saysNaNOnlyWhereTheDeviationDoesNotFitADouble() {
    FeaturePane pane = new FeaturePane(1);
    pane.add(new double[] {Double.MAX_VALUE});
    pane.add(new double[] {-Double.MAX_VALUE});
    pane.add(new double[] {1});
    assertThat(pane.features())
        .containsExactly(1.0 / 3, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, 3);
    assertThat(paneOf(Double.MAX_VALUE, -Double.MAX_VALUE).features())
        .containsExactly(0, NaN, -Double.MAX_VALUE, Double.MAX_VALUE, 2);
    assertThat(paneOf(1e200, 3e200).features())
        .containsExactly(2e200, Math.sqrt(2) * 1e200, 1e200, 3e200, 2);
  }

  @Test
  void mergesWithItselfAndLeavesTheOtherPaneAsItIs() {
    FeaturePane pane = paneOf(1, 2, 6);
    FeaturePane other = pane.copy();
    pane.merge(other);
    assertThat(other).isEqualTo(paneOf(1, 2, 6)).hasSameHashCodeAs(paneOf(1, 2, 6));
    FeaturePane self = other.copy();
    self.merge(self);
    assertThat(self).isEqualTo(pane).isNotEqualTo(other).hasToString(pane.toString());
  }

  @Test
  void subtractsWhatWasAddedAndKeepsTheBoundsOfWhatIsLeft() {
    FeaturePane pane = paneOf(1, 2, 6);
    FeaturePane part = paneOf(6, 1);
    pane.subtract(part);
    assertThat(pane.features()).containsExactly(2, NaN, 1, 6, 1);
    assertThat(part).isEqualTo(paneOf(1, 6));
    pane.extremes(paneOf(2).extremes());
    assertThat(pane).isEqualTo(paneOf(2));
    pane.subtract(paneOf(2));
    assertThat(pane).isEqualTo(new FeaturePane(1));
    pane.add(new double[] {3});
    assertThat(pane).isEqualTo(paneOf(3));
    assertThatThrownBy(() -> pane.subtract(paneOf(3, NaN)))
        .hasMessage("part: must be of at most 1 records, was of 2");
  }

  @Test
  void theExtremesTellMinusZeroFromZeroInAnyOrder() {
    for (FeaturePane pane : List.of(paneOf(0.0, -0.0), paneOf(-0.0, 0.0))) {
      assertThat(Double.toString(pane.min(0))).isEqualTo("-0.0");
      assertThat(Double.toString(pane.max(0))).isEqualTo("0.0");
    }
  }

  @Test
  void growsByTheFieldsThatItsModelWasGivenSince() {
    FeaturePane old = new FeaturePane(1);
    old.add(new double[] {1});
    old.add(new double[] {3, 10});
    assertThat(old.fields()).isEqualTo(2);
    assertThat(old.features()).containsExactly(2, Math.sqrt(2), 1, 3, 2, 10, Double.NaN, 10, 10, 1);
    FeaturePane window = new FeaturePane(2);
    FeaturePane older = new FeaturePane(1);
    older.add(new double[] {5});
    window.merge(older);
    window.merge(old);
    assertThat(window.records()).isEqualTo(3);
    assertThat(window.count(0)).isEqualTo(3);
    assertThat(window.mean(0)).isEqualTo(3);
    assertThat(window.count(1)).isEqualTo(1);
  }

  @Test
  void leavesOutTheFieldsThatItsModelLostSince() {
    FeaturePane old = new FeaturePane(2);
    old.add(new double[] {1, 2});
    old.add(new double[] {3});
    FeaturePane window = new FeaturePane(1);
    window.merge(old);
    assertThat(window.fields()).isEqualTo(1);
    assertThat(window.records()).isEqualTo(2);
    assertThat(window.mean(0)).isEqualTo(2);
  }

  @Test
  void refusesMoreFieldsThanAModelMayHave() {
    assertThatThrownBy(() -> new FeaturePane(4097))
        .hasMessage("fields: must be 0 to 4096, was 4097");
  }

  static FeaturePane paneOf(double... values) {
    FeaturePane pane = new FeaturePane(1);
    for (double value : values) {
      pane.add(new double[] {value});
    }
    return pane;
  }

  private static List<double[]> rows(Random random, Column column, int count) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double value = column.of(random.nextGaussian());
      double sparse = random.nextInt(4) == 0 ? value : NaN;
      rows.add(new double[] {value, sparse});
    }
    return rows;
  }

  private static List<FeaturePane> cut(Random random, List<double[]> rows) {
    List<FeaturePane> panes = new ArrayList<>();
    FeaturePane pane = new FeaturePane(2);
    for (double[] row : rows) {
      if (random.nextInt(100) == 0) {
        panes.add(pane);
        pane = new FeaturePane(2);
      }
      pane.add(row);
    }
    panes.add(pane);
    return panes;
  }

  /** Count, mean, sample deviation, min, max in two passes over long sums of shifted values. */
  private static double[] naive(List<double[]> rows, int field) {
    double[] values =
        rows.stream().mapToDouble(row -> row[field]).filter(x -> !Double.isNaN(x)).toArray();
    double shift = values.length == 0 ? 0 : values[0];
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      sum += value - shift;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - shift - mean) * (value - shift - mean);
    }
    int n = values.length;
    return new double[] {
      n,
      n == 0 ? NaN : shift + mean,
      n < 2 ? NaN : Math.sqrt(squares / (n - 1)),
      n == 0 ? NaN : min,
      n == 0 ? NaN : max
    };
  }

  private static void assertClose(double[] naive, FeaturePane pane, int field, String what) {
    assertThat(pane.count(field)).as(what + " count").isEqualTo(naive[0]);
    assertClose(naive[1], pane.mean(field), what + " mean");
    assertClose(naive[2], pane.sampleDeviation(field), what + " std");
    assertThat(pane.min(field)).as(what + " min").isEqualTo(naive[3]);
    assertThat(pane.max(field)).as(what + " max").isEqualTo(naive[4]);
  }

  private static void assertClose(double expected, double actual, String what) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as(what).isNaN();
    } else {
      double slack = TOLERANCE * Math.max(1, Math.abs(expected));
      assertThat(Math.abs(actual - expected))
          .as("%s: %s, expected %s", what, actual, expected)
          .isLessThanOrEqualTo(slack);
    }
  }
}
