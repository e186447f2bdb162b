package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RecentRowsTest {
  private static final Offset<Double> ROUNDING = within(1e-9);

  @Test
  void ofNothingAllIsNaN() {
    RecentRows rows = new RecentRows(8);
    assertThat(rows.ago(0)).isNaN();
    assertThat(rows.mean(3)).isNaN();
    assertThat(rows.meanBefore(1, 3)).isNaN();
    assertThat(rows.deviation(3)).isNaN();
    assertThat(rows.greatest(3)).isNaN();
    assertThat(rows.least(3)).isNaN();
  }

  @Test
  void saysOfTheLastRowsWhatTheirArraySays() {
    double[] all = new Random(1).doubles(60, -50, 50).toArray();
    RecentRows rows = new RecentRows(16);
    for (int i = 0; i < all.length; i++) {
      rows.add(all[i]);
      for (int asked : new int[] {1, 2, 5, 15}) {
        double[] last = Arrays.copyOfRange(all, Math.max(0, i + 1 - asked), i + 1);
        double mean = Arrays.stream(last).average().orElseThrow();
        assertThat(rows.mean(asked)).isCloseTo(mean, ROUNDING);
        double variance =
            Arrays.stream(last).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        assertThat(rows.deviation(asked)).isCloseTo(Math.sqrt(variance), ROUNDING);
        assertThat(rows.greatest(asked)).isEqualTo(Arrays.stream(last).max().orElseThrow());
        assertThat(rows.least(asked)).isEqualTo(Arrays.stream(last).min().orElseThrow());
      }
      if (i >= 5) {
        double before = Arrays.stream(all, i - 5, i).average().orElseThrow();
        assertThat(rows.meanBefore(1, 5)).isCloseTo(before, ROUNDING);
        assertThat(rows.ago(5)).isEqualTo(all[i - 5]);
      }
    }
    assertThat(rows.size()).isEqualTo(16);
    assertThat(rows.ago(16)).isNaN();
  }
}
