package io.tidewatch.analytics.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.scale.FeatureStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalerFitTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @Test
  void tellsStatisticsOfWhatWasSeen() {
    ScalerFit fit = new ScalerFit(NAMES);
    fit.add(new double[] {2, Double.NaN, Double.NaN});
    fit.add(new double[] {4, -7, Double.NaN});
    fit.add(new double[] {4, Double.NaN, Double.NaN});
    fit.add(new double[] {6, Double.POSITIVE_INFINITY, Double.NaN});
    assertThat(fit.statistics())
        .containsEntry("a", new FeatureStatistics(4, 2, 6, 4, Math.sqrt(2)))
        .containsEntry("b", new FeatureStatistics(1, -7, -7, -7, 0))
        .containsEntry("c", FeatureStatistics.NEVER_SEEN);
    assertThat(fit.statistics().keySet()).containsExactlyElementsOf(NAMES);
  }

  @Test
  void tellsTheSameBitForBitInAnyOrderAndGrouping() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<double[]> rows = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        double scale = Math.scalb(1.0, random.nextInt(120) - 60);
        double missing = random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian();
        rows.add(new double[] {random.nextGaussian() * scale, missing, i % 2 == 0 ? 0.0 : -0.0});
      }
      ScalerFit straight = new ScalerFit(NAMES);
      rows.forEach(straight::add);

      Collections.shuffle(rows, random);
      ScalerFit merged = new ScalerFit(NAMES);
      for (int from = 0; from < rows.size(); ) {
        int to = Math.min(rows.size(), from + 1 + random.nextInt(60));
        ScalerFit part = new ScalerFit(NAMES);
        rows.subList(from, to).forEach(part::add);
        merged.merge(part);
        from = to;
      }
      // equality of records of doubles is that of their bits
      assertThat(merged.statistics()).as("seed %d", seed).isEqualTo(straight.statistics());
    }
  }

  @Test
  void aConstantFeatureHasNoDeviationHoweverLargeItIs() {
    ScalerFit fit = new ScalerFit(List.of("a"));
    for (int i = 0; i < 1_000; i++) {
      fit.add(new double[] {1e15 + 0.1});
    }
    double constant = 1e15 + 0.1;
    assertThat(fit.statistics())
        .containsEntry("a", new FeatureStatistics(1_000, constant, constant, constant, 0));
  }

  @Test
  void losesNothingToALargeMean() {
    ScalerFit fit = new ScalerFit(List.of("a"));
    for (int i = 0; i < 1_000; i++) {
      fit.add(new double[] {1e9 + i % 2});
    }
    assertThat(fit.statistics().values())
        .singleElement()
        .satisfies(a -> assertThat(a.std()).isCloseTo(0.5, within(Math.ulp(0.5))));
  }

  @Test
  void refusesRowsAndFitsOfOtherFeatures() {
    ScalerFit fit = new ScalerFit(NAMES);
    assertThatThrownBy(() -> fit.add(new double[2]))
        .hasMessage("row: must have one value a feature (3), had 2");
    assertThatThrownBy(() -> fit.merge(new ScalerFit(List.of("a"))))
        .hasMessage("features: must be [a, b, c], were [a]");
  }
}
