package io.tidewatch.analytics.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.derived.Suppression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviationRuleTest {

  @ParameterizedTest
  @CsvSource({
    "BOTH, 0, 0, 10, 10,",
    "UP, 0, 0, 11, 10,",
    "UP, 0, 0, 9, 10, DIRECTION",
    "UP, 0, 0, 10, 10, DIRECTION",
    "DOWN, 0, 0, 9, 10,",
    "DOWN, 0, 0, 11, 10, DIRECTION",
    "BOTH, 2, 0, 12, 10,",
    "BOTH, 2, 0, 8, 10,",
    "BOTH, 2, 0, 11.9, 10, DEVIATION",
    "BOTH, 0, 0.5, -15, -10,",
    "BOTH, 0, 0.5, -14, -10, DEVIATION",
    "BOTH, 0, 9, 1, 0,",
    "BOTH, 2, 0.5, 13, 10, DEVIATION",
    "BOTH, 7, 0.5, 16, 10, DEVIATION",
    "BOTH, 5, 0.5, 15, 10,",
    "UP, 2, 0, 5, 10, DIRECTION",
    "UP, 2, 0.5, 10, NaN,",
    "UP, 2, 0.5, NaN, 10,"
  })
  void bothLengthsMustBeReachedTheRightWay(
      Direction direction,
      double absolute,
      double relative,
      double value,
      double expected,
      Suppression suppression) {
    assertThat(new DeviationRule(direction, absolute, relative).suppresses(value, expected))
        .isEqualTo(suppression);
  }

  @Test
  void asItComesItSuppressesNothing() {
    assertThat(DeviationRule.ANY.suppresses(-1e300, 1e300)).isNull();
    assertThat(DeviationRule.ANY.suppresses(0, 0)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 'least_absolute: must be ≥ 0, was -1.0'",
    "NaN, 0, 'least_absolute: must be ≥ 0, was NaN'",
    "0, Infinity, 'least_relative: must be ≥ 0, was Infinity'"
  })
  void refusesLengthsThatAreNone(double absolute, double relative, String message) {
    assertThatThrownBy(() -> new DeviationRule(Direction.BOTH, absolute, relative))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
