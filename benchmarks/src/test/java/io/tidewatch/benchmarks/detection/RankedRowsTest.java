package io.tidewatch.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.benchmarks.detection.RankedRows.Alarms;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankedRowsTest {
  private static final boolean[] ANOMALOUS = {true, false, true, false, false};

  @Test
  void areaCountsPairsInOrderAndTiesHalf() {
    assertThat(new RankedRows(new double[] {1, 0, 1, 0, 0}, ANOMALOUS).area()).isEqualTo(1);
    assertThat(new RankedRows(new double[] {0, 1, 0, 1, 1}, ANOMALOUS).area()).isZero();
    assertThat(new RankedRows(new double[] {3, 3, 3, 3, 3}, ANOMALOUS).area()).isEqualTo(0.5);
    // Of six pairs: 0.9 is above all three, 0.5 is above one, ties with one, is below one.
    assertThat(new RankedRows(new double[] {0.9, 0.5, 0.5, 0.7, 0.1}, ANOMALOUS).area())
        .isCloseTo((3 + 1 + 0.5) / 6, within(1e-12));
  }

  @Test
  void areaIsThatOfCountingAllPairs() {
    Random random = new Random(3);
    double[] scores = random.ints(200, 0, 10).asDoubleStream().toArray();
    boolean[] anomalous = new boolean[200];
    double better = 0;
    long pairs = 0;
    for (int i = 0; i < 200; i++) {
      anomalous[i] = random.nextInt(4) == 0;
    }
    for (int one = 0; one < 200; one++) {
      for (int other = 0; other < 200; other++) {
        if (anomalous[one] && !anomalous[other]) {
          pairs++;
          better += scores[one] > scores[other] ? 1 : scores[one] == scores[other] ? 0.5 : 0;
        }
      }
    }

    assertThat(new RankedRows(scores, anomalous).area()).isCloseTo(better / pairs, within(1e-12));
  }

  @Test
  void bestF1IsWithTheThresholdThatBalancesPrecisionAndRecall() {
    RankedRows rows = new RankedRows(new double[] {0.9, 0.5, 0.5, 0.7, 0.1}, ANOMALOUS);

    // At 0.9: precision 1, recall 1/2. At 0.5: precision 2/4, recall 1. Both have F1 2/3.
    Alarms best = rows.best();
    assertThat(best.threshold()).isEqualTo(0.9);
    assertThat(best.f1()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(best.falseAlarmRate()).isZero();
    assertThat(best.missedAlarmRate()).isEqualTo(0.5);
  }

  @Test
  void everythingAndNothingHaveTheRatesTheyMustHave() {
    RankedRows rows = new RankedRows(new double[5], ANOMALOUS);

    assertThat(rows.at(0)).isEqualTo(new Alarms(0, 2.0 * 2 / 7, 1, 0));
    assertThat(rows.at(0.5)).isEqualTo(new Alarms(0.5, 0, 0, 1));
  }

  @Test
  void scoresThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new RankedRows(new double[4], ANOMALOUS))
        .hasMessage("scores: must be of 5 rows, were of 4");
    assertThatThrownBy(() -> new RankedRows(new double[] {0, 0, Double.NaN, 0, 0}, ANOMALOUS))
        .hasMessage("scores: must be numbers, one was NaN");
  }
}
