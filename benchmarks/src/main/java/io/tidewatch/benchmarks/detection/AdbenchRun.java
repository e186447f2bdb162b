package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.forest.ForestSettings;
import io.tidewatch.analytics.forest.ForestTrainer;
import io.tidewatch.analytics.forest.TrainingRows;
import io.tidewatch.benchmarks.detection.input.LabelledRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

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

  static List<AdbenchResult> run(
      List<LabelledRows> sets, List<ForestTrainer> engines, DetectionPlan plan)
      throws InterruptedException {
    List<Callable<Double>> work = new ArrayList<>();
    for (LabelledRows set : sets) {
      TrainingRows rows = TrainingRows.of(set.features(), set.rows());
      for (ForestTrainer engine : engines) {
        for (int seed = 0; seed < plan.seeds(); seed++) {
          ForestSettings settings = ForestSettings.ofPaper(DetectionPlan.SEED + seed);
          work.add(() -> area(set, rows, engine, settings));
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
      LabelledRows set, TrainingRows rows, ForestTrainer engine, ForestSettings settings) {
    return new RankedRows(engine.fit(rows, settings).scores(set.rows()), set.anomalous()).area();
  }
}
