package io.tidewatch.analytics.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesCountTest {

  @Test
  void nothingIsNone() {
    assertThat(new SeriesCount().estimate()).isZero();
  }

  @Test
  void aSeriesCountsOnceHoweverOftenItComes() {
    SeriesCount count = new SeriesCount();
    for (int i = 0; i < 1_000; i++) {
      count.add("weld-1".hashCode());
      count.add("weld-2".hashCode());
    }
    assertThat(count.estimate()).isEqualTo(2);
  }

  @Test
  void fewSeriesAreCountedExactly() {
    SeriesCount count = new SeriesCount();
    for (int i = 1; i <= 20; i++) {
      count.add(("weld-sim-" + i).hashCode());
      assertThat(count.estimate()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000, 100_000})
  void manySeriesAreCountedWithinTwoPercent(int series) {
    SeriesCount count = new SeriesCount();
    for (int i = 0; i < series; i++) {
      count.add(("device-" + i).hashCode());
    }
    assertThat((double) count.estimate()).isCloseTo(series, within(0.02 * series));
  }

  @Test
  void moreThanItCanTellIsALargeNumber() {
    SeriesCount count = new SeriesCount();
    for (int i = 0; i < 4_000_000; i++) {
      count.add(i);
    }
    assertThat(count.estimate()).isGreaterThan(600_000);
  }
}
