package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.forest.ForestSettings;
import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.analytics.forest.TrainingRows;
import io.tidewatch.benchmarks.detection.RankedRows.Alarms;
import io.tidewatch.benchmarks.detection.input.AsdEntity;
import io.tidewatch.benchmarks.detection.input.LabelledRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Servers with many metrics, row by row: one forest over all metrics, grown from the rows for
 * training; and detectors of a single series, one a metric, whose greatest score counts. They are
 * fed the rows for training first, for they learn as they go.
 */
final class AsdRun {
  static final String EVERYTHING = "flag everything";
  static final String NOTHING = "flag nothing";
  static final String FOREST = "forest over all metrics";

  /** Scores are 0 or 1. */
  private static final double YES = 0.5;

  /** A row each five minutes; the set has no times. */
  private static final long STEP_MS = 300_000;

  private static final int METRICS_OF_SMALL = 2;

  private AsdRun() {}

  /**
   * All servers with all methods.
   *
   * @param files null where nobody wants them
   */
  static List<AsdResult> run(
      List<AsdEntity> servers,
      List<DetectorVariant> variants,
      DetectionPlan plan,
      @Nullable ScoreFiles files)
      throws InterruptedException, IOException {
    List<AsdResult> results = new ArrayList<>();
    for (AsdEntity server : plan.small() ? servers.subList(0, 1) : servers) {
      double[] all = new double[server.test().rows().length];
      results.add(constant(server, NOTHING, all));
      Arrays.fill(all, 1);
      results.add(constant(server, EVERYTHING, all));
      results.add(result(server, FOREST, DetectorVariant.SCORE_OF_PAPER, forest(server), files));
      for (DetectorVariant variant : variants) {
        if (variant.looksAtRows()) {
          double[] greatest = greatest(server, variant, plan);
          results.add(result(server, nameOf(variant), variant.threshold(), greatest, files));
        }
      }
    }
    return results;
  }

  /** Of the method that takes a variant for each metric. */
  static String nameOf(DetectorVariant variant) {
    return variant.name() + " of each metric";
  }

  private static AsdResult result(
      AsdEntity server,
      String method,
      double threshold,
      double[] scores,
      @Nullable ScoreFiles files)
      throws IOException {
    boolean[] anomalous = server.test().anomalous();
    if (files != null) {
      files.write(method, server.name(), threshold, scores, anomalous);
    }
    RankedRows rows = new RankedRows(scores, anomalous);
    return new AsdResult(server.name(), method, rows.area(), rows.best(), rows.at(threshold));
  }

  /** What looks at nothing has no threshold to choose. */
  private static AsdResult constant(AsdEntity server, String method, double[] scores) {
    RankedRows rows = new RankedRows(scores, server.test().anomalous());
    Alarms alarms = rows.at(YES);
    return new AsdResult(server.name(), method, rows.area(), alarms, alarms);
  }

  private static double[] forest(AsdEntity server) {
    LabelledRows train = server.train();
    IsolationForest forest =
        ForestEngines.named(ForestEngines.DEFAULT)
            .fit(
                TrainingRows.of(train.features(), train.rows()),
                ForestSettings.ofPaper(DetectionPlan.SEED));
    double[] scores = forest.scores(server.test().rows());
    for (int row = 0; row < scores.length; row++) {
      // A row without any value has no score.
      scores[row] = Double.isNaN(scores[row]) ? 0 : scores[row];
    }
    return scores;
  }

  private static double[] greatest(AsdEntity server, DetectorVariant variant, DetectionPlan plan)
      throws InterruptedException {
    int metrics = server.test().features().size();
    List<Callable<double[]>> work = new ArrayList<>();
    for (int i = 0; i < (plan.small() ? Math.min(metrics, METRICS_OF_SMALL) : metrics); i++) {
      int metric = i;
      work.add(() -> scores(server, metric, variant.factory().get()));
    }
    double[] greatest = new double[server.test().rows().length];
    for (double[] scores : Cores.all(work)) {
      for (int row = 0; row < greatest.length; row++) {
        greatest[row] = Math.max(greatest[row], scores[row]);
      }
    }
    return greatest;
  }

  private static double[] scores(AsdEntity server, int metric, RowDetector detector) {
    long timeMs = 0;
    for (double[] row : server.train().rows()) {
      detector.next(timeMs, row[metric]);
      timeMs += STEP_MS;
    }
    double[][] test = server.test().rows();
    double[] scores = new double[test.length];
    for (int row = 0; row < test.length; row++) {
      scores[row] = detector.next(timeMs, test[row][metric]);
      timeMs += STEP_MS;
    }
    return scores;
  }
}
