package io.tidewatch.analytics.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdRuleTest {

  @Test
  void thresholdLiesBeyondTheTailByItsLength() {
    double[] scores = IntStream.rangeClosed(0, 1000).mapToDouble(i -> 0.4 + i * 1e-4).toArray();
    // quantile 0.99 is 0.499, the median 0.45
    assertThat(new ThresholdRule(0.99, 1, 0.5).of(scores)).isCloseTo(0.548, within(1e-9));
    assertThat(new ThresholdRule(0.99, 0, 0.5).of(scores)).isEqualTo(0.5);
    assertThat(new ThresholdRule(0.99, 1, 0.55).of(scores)).isEqualTo(0.55);
  }

  @Test
  void anomaliesInTheTrainingLeaveRoomAboveThem() {
    double[] scores = new double[100];
    Arrays.fill(scores, 0, 90, 0.4);
    Arrays.fill(scores, 90, 100, 0.8);
    assertThat(new ThresholdRule(0.99, 3, 0.5).of(scores)).isCloseTo(0.9, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.4 | 1 | 0.5 | quantile: must be in [0.5, 1), was 0.4",
        "0.9 | -1 | 0.5 | margin: must be ≥ 0, was -1.0",
        "0.9 | 1 | 1 | least: must be in [0.5, 1), was 1.0"
      })
  void refusesWhatCannotBeMeant(double quantile, double margin, double least, String message) {
    assertThatThrownBy(() -> new ThresholdRule(quantile, margin, least))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
