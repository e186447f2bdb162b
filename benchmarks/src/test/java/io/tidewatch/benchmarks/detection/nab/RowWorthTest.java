package io.tidewatch.benchmarks.detection.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RowWorthTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  @Test
  void sigmoidIsTheOneThatNabDocuments() {
    Offset<Double> digits = within(5e-6);
    assertThat(RowWorth.scaledSigmoid(-1)).isCloseTo(0.98661, digits);
    assertThat(RowWorth.scaledSigmoid(-0.5)).isCloseTo(0.84828, digits);
    assertThat(RowWorth.scaledSigmoid(0)).isZero();
    assertThat(RowWorth.scaledSigmoid(1)).isCloseTo(-0.98661, digits);
    assertThat(RowWorth.scaledSigmoid(3)).isCloseTo(-0.9999994, within(1e-7));
    assertThat(RowWorth.scaledSigmoid(3.01)).isEqualTo(-1);
  }

  @Test
  void worthFallsFromOneAtTheFirstRowOfAWindow() {
    RowWorth worth = new RowWorth(100, List.of(new LabelWindow(50, 59)));

    assertThat(worth.of(50)).isEqualTo(1);
    assertThat(worth.of(54)).isCloseTo(Math.tanh(2.5 * 0.6) / Math.tanh(2.5), ROUNDING);
    assertThat(worth.of(59)).isCloseTo(Math.tanh(2.5 * 0.1) / Math.tanh(2.5), ROUNDING);
    assertThat(worth.window(49)).isEqualTo(RowWorth.NO_WINDOW);
    assertThat(worth.window(50)).isZero();
    assertThat(worth.window(59)).isZero();
    assertThat(worth.window(60)).isEqualTo(RowWorth.NO_WINDOW);
  }

  @Test
  void falseRowsAreWorseTheFartherBehindAWindow() {
    RowWorth worth = new RowWorth(100, List.of(new LabelWindow(20, 29), new LabelWindow(70, 79)));

    assertThat(worth.of(0)).isEqualTo(-1);
    assertThat(worth.of(19)).isEqualTo(-1);
    assertThat(worth.of(30)).isCloseTo(-Math.tanh(2.5 / 9), ROUNDING);
    assertThat(worth.of(56)).isCloseTo(-Math.tanh(2.5 * 3), ROUNDING);
    assertThat(worth.of(57)).isEqualTo(-1);
    assertThat(worth.of(69)).isEqualTo(-1);
    assertThat(worth.of(80)).isCloseTo(-Math.tanh(2.5 / 9), ROUNDING);
  }

  @Test
  void behindAWindowOfOneRowAllIsFar() {
    RowWorth worth = new RowWorth(10, List.of(new LabelWindow(5, 5)));

    assertThat(worth.of(5)).isEqualTo(1);
    assertThat(worth.of(6)).isEqualTo(-1);
  }

  @Test
  void probationIsFifteenPercentOfAtMostFiveThousandRows() {
    assertThat(RowWorth.probation(6)).isZero();
    assertThat(RowWorth.probation(7)).isOne();
    assertThat(RowWorth.probation(1_127)).isEqualTo(169);
    assertThat(RowWorth.probation(5_000)).isEqualTo(750);
    assertThat(RowWorth.probation(22_695)).isEqualTo(750);
  }

  @Test
  void windowThatEndsInProbationDoesNotCount() {
    RowWorth worth =
        new RowWorth(
            100, List.of(new LabelWindow(3, 14), new LabelWindow(15, 15), new LabelWindow(40, 50)));

    assertThat(worth.windows()).isEqualTo(3);
    assertThat(worth.counts(0)).isFalse();
    assertThat(worth.counts(1)).isTrue();
    assertThat(worth.counts(2)).isTrue();
  }
}
