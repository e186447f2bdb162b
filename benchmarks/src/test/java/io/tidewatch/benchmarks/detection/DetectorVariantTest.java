package io.tidewatch.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.decide.Cooldown;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DetectorVariantTest {
  private static final int ROWS = 700;

  static Stream<DetectorVariant> all() {
    return DetectorVariant.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void scoresAreNoughtToOneWhateverComes(DetectorVariant variant) {
    double[] values = noise();
    Arrays.fill(values, 0, 120, 7);
    values[300] = Double.NaN;
    values[301] = Double.MAX_VALUE;
    values[302] = -Double.MAX_VALUE;

    assertThat(Arrays.stream(scores(variant, values)))
        .allSatisfy(score -> assertThat(score).isBetween(0.0, 1.0));
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatComesLaterChangesNothingThatWasSaid(DetectorVariant variant) {
    double[] values = noise();
    double[] cut = Arrays.copyOf(values, 450);

    assertThat(scores(variant, cut)).containsExactly(Arrays.copyOf(scores(variant, values), 450));
  }

  @ParameterizedTest
  @MethodSource("all")
  void twoSeriesShareNothing(DetectorVariant variant) {
    double[] first = scores(variant, noise());

    assertThat(scores(variant, noise())).containsExactly(first);
  }

  @Test
  void rangeReportsWhatLiesOutsideAllSeenByMoreThanItsMarginAndThenIsSilent() {
    double[] values = new double[40];
    Arrays.setAll(values, row -> row % 2 == 0 ? 0 : 100);
    values[20] = 101;
    values[25] = 103.5;
    values[30] = 200;
    values[36] = 500;
    values[38] = -20;

    // 100 lies outside of 0 alone; 101 by less than 2 %; 200 so soon after 103.5 is part of it.
    assertThat(reported(scores(variant("range"), values))).containsExactly(1, 25, 36);
  }

  @Test
  void forestReportsASpikeOnceItHasGrown() {
    double[] values = noise();
    values[600] = 40;
    double[] scores = scores(variant("forest"), values);

    assertThat(IntStream.range(0, 100)).allSatisfy(row -> assertThat(scores[row]).isZero());
    assertThat(scores[600]).isGreaterThan(DetectorVariant.SCORE_OF_PAPER);
    assertThat(Arrays.stream(scores).max()).hasValue(scores[600]);
  }

  @Test
  void onlyANewMaximumOfTheLastRowsIsLetThrough() {
    Cooldown cooldown = new Cooldown(3);

    assertThat(
            Stream.of(0.5, 0.4, 0.5, 0.6, 0.1, 0.1, 0.2, 0.3)
                .map(score -> cooldown.admit(score, true)))
        .containsExactly(0.5, 0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.3);
  }

  @Test
  void featuresOfASeriesAreThoseOfItsLastRows() {
    SeriesFeatures features = new SeriesFeatures();
    assertThat(features.next(3)).containsExactly(3, 0, 3, 3, 0);
    double[] last = {};
    for (int value = 1; value <= 20; value++) {
      last = features.next(value);
    }

    assertThat(last).hasSameSizeAs(SeriesFeatures.NAMES);
    // Population deviation of ten numbers in a row: sqrt((10² − 1) / 12).
    assertThat(last).containsExactly(new double[] {20, 1, 18, 13, Math.sqrt(8.25)}, within(1e-12));
  }

  @Test
  void variantsAreChosenByNameInTheOrderAskedFor() {
    assertThat(DetectorVariant.named(List.of())).isEqualTo(DetectorVariant.ALL);
    assertThat(DetectorVariant.named(List.of("range", "null")))
        .extracting(DetectorVariant::name)
        .containsExactly("range", "null");
    assertThatThrownBy(() -> DetectorVariant.named(List.of("oracle")))
        .hasMessageStartingWith("--variants: must be among shipped, without forest, forest alone")
        .hasMessageEndingWith("was oracle");
  }

  private static DetectorVariant variant(String name) {
    return DetectorVariant.named(List.of(name)).get(0);
  }

  private static double[] noise() {
    return new Random(5).doubles(ROWS).toArray();
  }

  private static double[] scores(DetectorVariant variant, double[] values) {
    RowDetector detector = variant.factory().get();
    double[] scores = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      scores[row] = detector.next(row * 300_000L, values[row]);
    }
    return scores;
  }

  private static List<Integer> reported(double[] scores) {
    return IntStream.range(0, scores.length).filter(row -> scores[row] > 0).boxed().toList();
  }
}
