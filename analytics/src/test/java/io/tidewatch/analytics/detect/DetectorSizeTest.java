package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** Computed sizes against the objects of a detector that runs. */
class DetectorSizeTest {
  private static final DetectorSettings SHIPPED = DetectorSettings.shipped();

  static {
    System.setProperty("jol.magicFieldOffset", "true"); // records hide theirs
    System.setProperty("jol.skipDynamicAttach", "true"); // what it would tell is as it guesses
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 300, 3_600})
  void aDetectorThatHasSeenMuchTakesNoMoreAndNotMuchLess(long spacingSeconds) {
    Duration spacing = Duration.ofSeconds(spacingSeconds);
    SeriesDetector detector = SeriesDetector.create(SHIPPED, 0);
    double[] series = Series.wild(3, 7_000);
    for (int i = 0; i < series.length; i++) {
      detector.next(i * spacing.toMillis(), series[i]);
    }
    long real = GraphLayout.parseInstance(detector).totalSize() - shared();
    assertThat(real).isLessThanOrEqualTo(DetectorSize.heapBytesAtMost(SHIPPED, spacing) + 16_384);
    assertThat(real).isGreaterThan(DetectorSize.heapBytesAtMost(SHIPPED, spacing) / 2);
  }

  @Test
  void whatEachRowOfTheSeasonAndEachNodeTakesIsCounted() {
    long fast = DetectorSize.heapBytesAtMost(SHIPPED, Duration.ofSeconds(5));
    long slow = DetectorSize.heapBytesAtMost(SHIPPED, Duration.ofMinutes(5));
    assertThat(slow - fast).as("three weeks of floats").isBetween(4L * 6_048, 4L * 6_200);
    DetectorSettings twice =
        new DetectorSettings(
            SHIPPED.warmUpRows(),
            SHIPPED.cooldownRows(),
            SHIPPED.memoryRows(),
            2 * SHIPPED.treesPerView(),
            SHIPPED.nodesPerTree(),
            SHIPPED.threshold(),
            SHIPPED.votes(),
            SHIPPED.deviation());
    assertThat(DetectorSize.heapBytesAtMost(twice, Duration.ofSeconds(5)) - fast)
        .isGreaterThan(24L * 2 * 24 * SHIPPED.nodesPerTree());
  }

  /** The list of views and the settings, which all detectors have together. */
  private static long shared() {
    return GraphLayout.parseInstance(SeriesViews.VIEWS, SHIPPED).totalSize();
  }
}
