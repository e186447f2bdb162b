package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.forest.ForestSettings;
import io.tidewatch.analytics.forest.ForestTrainer;
import io.tidewatch.analytics.forest.TrainingRows;
import io.tidewatch.benchmarks.detection.input.LabelledRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Forests of all engines there are, grown from all rows of a set and asked about the same. */
final class AdbenchRun {
  private AdbenchRun() {}

  /** The engine built in, then those whose jar is here. */
  static List<ForestTrainer> engines() {
    List<ForestTrainer> engines = new ArrayList<>();
    ServiceLoader.load(ForestTrainer.class).forEach(engines::add);
    engines.sort(Comparator.comparing(ForestTrainer::engine));
    engines.add(0, ForestEngines.named(ForestEngines.DEFAULT));
    return engines;
  }

  /**
   * All sets with all engines.
   *
   * @param files take the scores of the first seed; null where nobody wants them
   */
  static List<AdbenchResult> run(
      List<LabelledRows> sets,
      List<ForestTrainer> engines,
      DetectionPlan plan,
      @Nullable ScoreFiles files)
      throws InterruptedException {
    List<Callable<Double>> work = new ArrayList<>();
    for (LabelledRows set : sets) {
      TrainingRows rows = TrainingRows.of(set.features(), set.rows());
      for (ForestTrainer engine : engines) {
        for (int seed = 0; seed < plan.seeds(); seed++) {
          ForestSettings settings = ForestSettings.ofPaper(DetectionPlan.SEED + seed);
          @Nullable ScoreFiles ofFirst = seed == 0 ? files : null;
          work.add(() -> area(set, rows, engine, settings, ofFirst));
        }
      }
    }
    List<Double> areas = Cores.all(work);
    List<AdbenchResult> results = new ArrayList<>();
    int next = 0;
    for (LabelledRows set : sets) {
      List<Double> means = new ArrayList<>();
      for (int engine = 0; engine < engines.size(); engine++) {
        List<Double> seeds = areas.subList(next, next + plan.seeds());
        means.add(seeds.stream().mapToDouble(area -> area).average().orElseThrow());
        next += plan.seeds();
      }
      results.add(new AdbenchResult(set, List.copyOf(means)));
    }
    return results;
  }

  private static double area(
      LabelledRows set,
      TrainingRows rows,
      ForestTrainer engine,
      ForestSettings settings,
      @Nullable ScoreFiles files)
      throws IOException {
    double[] scores = engine.fit(rows, settings).scores(set.rows());
    if (files != null) {
      double threshold = DetectorVariant.SCORE_OF_PAPER;
      files.write("adbench", engine.engine(), set.name(), threshold, scores, set.anomalous());
    }
    return new RankedRows(scores, set.anomalous()).area();
  }
}
