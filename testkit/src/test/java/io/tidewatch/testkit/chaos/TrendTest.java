package io.tidewatch.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.testkit.chaos.Trend.Sample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  /** Ten minutes from that hour on, a sample a minute. */
  private static List<Sample> life(double fromHour, double height, double perHour) {
    return IntStream.range(0, 10)
        .mapToObj(minute -> new Sample(fromHour + minute / 60.0, height + perHour * minute / 60.0))
        .toList();
  }

  @Test
  void leakThatARestartCuresShowsInALifeOnly() {
    Trend trend =
        Trend.of("one", "threads", List.of(life(0, 100, 30), life(1, 100, 30), life(2, 100, 30)));

    assertThat(trend.inALifePerHour()).isCloseTo(30, within(1e-9));
    assertThat(trend.overAllPerHour()).isCloseTo(0, within(1.0));
    assertThat(trend.lives()).isEqualTo(3);
  }

  @Test
  void whatLaterLivesBeginWithShowsOverAll() {
    Trend trend = Trend.of("one", "threads", List.of(life(0, 100, 0), life(1, 150, 0)));

    assertThat(trend.inALifePerHour()).isCloseTo(0, within(1e-9));
    assertThat(trend.overAllPerHour()).isCloseTo(50, within(5.0));
    assertThat(trend.mean()).isEqualTo(125);
  }

  @Test
  void oneSampleHasNoSlope() {
    assertThat(Trend.of("one", "threads", List.of(List.of(new Sample(1, 7)))).inALifePerHour())
        .isZero();
  }
}
