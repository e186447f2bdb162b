package io.tidewatch.analytics.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.derived.ScoreContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailThresholdTest {
  private static final int ROWS = 200_000;

  /** Scores whose tail from 0.4 on is exponential. */
  private static double[] scores(long seed) {
    Random random = new Random(seed);
    double[] scores = new double[ROWS];
    Arrays.setAll(scores, i -> Math.min(1, 0.4 - 0.02 * Math.log(1 - random.nextDouble())));
    return scores;
  }

  private static ScoreContext day(long rows, double p95, double p99) {
    return new ScoreContext(rows, 0.4, 0.1, p95, p99, Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.001, 0.0003})
  void beyondItLiesTheShareThatWasAskedFor(double rate) {
    double[] seen = scores(1);
    Arrays.sort(seen);
    ScoreContext day =
        day(ROWS, ThresholdRule.quantile(seen, 0.95), ThresholdRule.quantile(seen, 0.99));
    double threshold = new TailThreshold(rate).of(0.3, day);
    long beyond = Arrays.stream(scores(2)).filter(score -> score > threshold).count();
    assertThat((double) beyond / ROWS).isCloseTo(rate, within(rate / 4));
  }

  @Test
  void onlyRaisesTheThresholdOfTheModelAndLeavesRoomAboveIt() {
    TailThreshold tail = new TailThreshold(0.001);
    assertThat(tail.of(0.6, day(2_000, 0.45, 0.5))).as("a quiet day").isEqualTo(0.6);
    assertThat(tail.of(0.6, day(2_000, 0.5, 0.95))).as("a day of anomalies").isEqualTo(0.8);
    assertThat(tail.of(0.6, day(999, 0.5, 0.95))).as("too few rows").isEqualTo(0.6);
    assertThat(tail.of(0.6, ScoreContext.NONE)).isEqualTo(0.6);
    assertThat(tail.of(0.5, day(1_000, 0.7, 0.7))).as("no tail").isEqualTo(0.7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 0.011, Double.NaN})
  void refusesRatesOfNoTail(double rate) {
    assertThatThrownBy(() -> new TailThreshold(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tail_rate: must be above 0 and at most 0.01, was " + rate);
  }
}
