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
 * training, as the paper has it; and detectors of a single series, one a metric, of which the
 * greatest counts: of their surprise where rows are ranked, of their scores where they decide. They
 * are fed the rows for training first, for they learn as they go.
 */
final class AsdRun {
  static final String EVERYTHING = "flag everything";
  static final String NOTHING = "flag nothing";
  static final String FOREST = "one forest over all metrics";

  private static final String ASD = "asd";

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
      results.addAll(yardsticks(server.name(), server.test().anomalous()));
      double[] ofForest = forest(server);
      Said said = new Said(ofForest, ofForest);
      results.add(result(server, FOREST, DetectorVariant.SCORE_OF_PAPER, said, files));
      for (DetectorVariant variant : variants) {
        if (variant.looksAtRows()) {
          Said greatest = greatest(server, variant, plan);
          results.add(result(server, nameOf(variant), variant.threshold(), greatest, files));
        }
      }
    }
    return results;
  }

  /** What was said of each row, after and before anything was decided. */
  private record Said(double[] scores, double[] surprises) {
    static Said nothing(int rows) {
      return new Said(new double[rows], new double[rows]);
    }

    void keepGreatest(Said other) {
      for (int row = 0; row < scores.length; row++) {
        scores[row] = Math.max(scores[row], other.scores[row]);
        surprises[row] = Math.max(surprises[row], other.surprises[row]);
      }
    }
  }

  /** Of the method that takes a variant for each metric. */
  static String nameOf(DetectorVariant variant) {
    return variant.name() + " of each metric";
  }

  private static AsdResult result(
      AsdEntity server, String method, double threshold, Said said, @Nullable ScoreFiles files)
      throws IOException {
    boolean[] anomalous = server.test().anomalous();
    if (files != null) {
      files.write(ASD, method, server.name(), threshold, said.scores(), anomalous);
    }
    RankedRows ranked = new RankedRows(said.surprises(), anomalous);
    Alarms fixed = new RankedRows(said.scores(), anomalous).at(threshold);
    return new AsdResult(server.name(), method, ranked.area(), ranked.best(), fixed);
  }

  /** Flagging nothing and everything. */
  private static List<AsdResult> yardsticks(String server, boolean[] anomalous) {
    double[] ones = new double[anomalous.length];
    Arrays.fill(ones, 1);
    return List.of(
        constant(server, NOTHING, new RankedRows(new double[anomalous.length], anomalous)),
        constant(server, EVERYTHING, new RankedRows(ones, anomalous)));
  }

  /** What looks at nothing has no threshold to choose. */
  private static AsdResult constant(String server, String method, RankedRows rows) {
    Alarms alarms = rows.at(YES);
    return new AsdResult(server, method, rows.area(), alarms, alarms);
  }

  /**
   * Rows of which somebody else decided, beside flagging nothing and everything.
   *
   * @param flagged 1 where a row was, 0 elsewhere
   */
  static List<AsdResult> ranked(
      String server, String method, double[] scores, double[] flagged, boolean[] anomalous) {
    RankedRows rows = new RankedRows(scores, anomalous);
    List<AsdResult> results = new ArrayList<>(yardsticks(server, anomalous));
    results.add(
        new AsdResult(
            server, method, rows.area(), rows.best(), new RankedRows(flagged, anomalous).at(YES)));
    return results;
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

  private static Said greatest(AsdEntity server, DetectorVariant variant, DetectionPlan plan)
      throws InterruptedException {
    int metrics = server.test().features().size();
    List<Callable<Said>> work = new ArrayList<>();
    for (int i = 0; i < (plan.small() ? Math.min(metrics, METRICS_OF_SMALL) : metrics); i++) {
      int metric = i;
      work.add(() -> scores(server, metric, variant.factory().get()));
    }
    Said greatest = Said.nothing(server.test().rows().length);
    Cores.all(work).forEach(greatest::keepGreatest);
    return greatest;
  }

  private static Said scores(AsdEntity server, int metric, RowDetector detector) {
    long timeMs = 0;
    for (double[] row : server.train().rows()) {
      detector.next(timeMs, row[metric]);
      timeMs += STEP_MS;
    }
    double[][] test = server.test().rows();
    Said said = Said.nothing(test.length);
    for (int row = 0; row < test.length; row++) {
      said.scores[row] = detector.next(timeMs, test[row][metric]);
      said.surprises[row] = detector.surprise(said.scores[row]);
      timeMs += STEP_MS;
    }
    return said;
  }
}
