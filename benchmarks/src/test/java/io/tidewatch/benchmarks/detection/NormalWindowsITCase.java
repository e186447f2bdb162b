package io.tidewatch.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.detect.DetectorState;
import io.tidewatch.analytics.detect.Judgement;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.analytics.series.SeriesMonitor;
import io.tidewatch.analytics.series.SeriesPoint;
import io.tidewatch.benchmarks.detection.input.AsdEntity;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.testkit.RealTelemetry;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What people are promised of usual live data: settings as shipped tell of at most one row in a
 * thousand. Windows of an hour each five minutes, of real servers, from the first that has a score.
 */
class NormalWindowsITCase {
  private static final int YOUNG_ROWS = 1_000;

  @Test
  void wholeRowsAreToldOfInOneOfAThousandNormalWindowsAtMost() throws Exception {
    List<AsdEntity> servers = AsdEntity.read(RealTelemetry.present("asd"));
    List<NormalShare> shares = NormalRun.run(servers, new DetectionPlan(1, 1, false)).shares();
    double shipped = shares.get(0).margin();
    NormalShare all = NormalSection.all(shipped, shares);
    assertThat(all.normal()).isGreaterThan(30_000);
    assertThat(all.alerts()).as(all.toString()).isPositive();
    assertThat(all.alertShare()).as(all.toString()).isLessThanOrEqualTo(NormalSection.GOAL);
    assertThat(all.falseShare())
        .as("without a decision after the threshold")
        .isGreaterThan(NormalSection.GOAL);
  }

  @Test
  void youngSeriesOfWindowsThatOverlapAreToldOfInOneOfAThousandRowsAtMost() throws Exception {
    long rows = 0;
    long told = 0;
    for (AsdEntity server : AsdEntity.read(RealTelemetry.present("asd"))) {
      TelemetryModel model = NormalRun.model(server.test().features().size());
      List<String> names = FeatureNames.of(model);
      List<LabelledVector> windows = NormalRun.windows(server, model);
      for (int place = 0; place < names.size(); place++) {
        if (names.get(place).endsWith("_mean")) {
          long[] young = young(windows, place);
          rows += young[0];
          told += young[1];
        }
      }
    }
    assertThat(rows).isEqualTo(3L * 19 * YOUNG_ROWS);
    assertThat(told).as("%d of %d rows", told, rows).isPositive();
    assertThat((double) told / rows)
        .as("%d of %d rows", told, rows)
        .isLessThanOrEqualTo(NormalSection.GOAL);
  }

  /** The first rows of a metric that have a score: how many, and of how many of them is told. */
  private static long[] young(List<LabelledVector> windows, int place) {
    SeriesMonitor monitor = SeriesMonitor.create(DetectorSettings.shipped());
    long rows = 0;
    long told = 0;
    for (int i = 0; i < windows.size() && rows < YOUNG_ROWS; i++) {
      FeatureVector vector = windows.get(i).vector();
      Judgement judgement =
          monitor
              .next(
                  new SeriesPoint(
                      vector.windowStartMs(), vector.windowEndMs(), vector.features()[place]))
              .judgement();
      rows += judgement.state() == DetectorState.ACTIVE ? 1 : 0;
      told += judgement.anomaly() ? 1 : 0;
    }
    return new long[] {rows, told};
  }
}
