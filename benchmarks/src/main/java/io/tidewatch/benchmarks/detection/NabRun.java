package io.tidewatch.benchmarks.detection;

import io.tidewatch.benchmarks.detection.NabResults.OfProfile;
import io.tidewatch.benchmarks.detection.NabResults.OfVariant;
import io.tidewatch.benchmarks.detection.input.NabFolder;
import io.tidewatch.benchmarks.detection.nab.CrossValidation;
import io.tidewatch.benchmarks.detection.nab.LabelledSeries;
import io.tidewatch.benchmarks.detection.nab.Profile;
import io.tidewatch.benchmarks.detection.nab.ScoredCorpus;
import io.tidewatch.benchmarks.detection.nab.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Feeds series to detectors, row by row, and scores them by NAB's rules. */
final class NabRun {
  private static final double NANOS_PER_MICRO = 1e3;

  private NabRun() {}

  private record Scored(double[] scores, long cpuNanos) {}

  /**
   * All series with all variants.
   *
   * @param files null where nobody wants them
   */
  static NabResults run(
      NabFolder folder,
      List<DetectorVariant> variants,
      DetectionPlan plan,
      @Nullable ScoreFiles files)
      throws InterruptedException, IOException {
    List<LabelledSeries> series = plan.small() ? shortest(folder.series()) : folder.series();
    List<Callable<Scored>> feeding = new ArrayList<>();
    for (DetectorVariant variant : variants) {
      series.forEach(each -> feeding.add(() -> scored(variant, each)));
    }
    List<Scored> scored = Cores.all(feeding);
    List<Callable<OfVariant>> scoring = new ArrayList<>();
    for (int i = 0; i < variants.size(); i++) {
      DetectorVariant variant = variants.get(i);
      List<Scored> its = scored.subList(i * series.size(), (i + 1) * series.size());
      if (files != null) {
        for (int each = 0; each < series.size(); each++) {
          files.write(variant, series.get(each), its.get(each).scores());
        }
      }
      scoring.add(() -> result(variant, series, its, plan));
    }
    return new NabResults(series, folder.absent(), Cores.all(scoring));
  }

  private static List<LabelledSeries> shortest(List<LabelledSeries> series) {
    Map<String, LabelledSeries> shortest = new TreeMap<>();
    for (LabelledSeries each : series) {
      shortest.merge(
          each.group(),
          each,
          (one, other) ->
              Stream.of(one, other)
                  .min(Comparator.comparingInt(LabelledSeries::rows))
                  .orElseThrow());
    }
    return List.copyOf(shortest.values());
  }

  private static Scored scored(DetectorVariant variant, LabelledSeries series) {
    double[] scores = new double[series.rows()];
    long before = CpuTime.nanos();
    RowDetector detector = variant.factory().get();
    for (int row = 0; row < scores.length; row++) {
      scores[row] = detector.next(series.timesMs()[row], series.values()[row]);
    }
    return new Scored(scores, CpuTime.nanos() - before);
  }

  private static OfVariant result(
      DetectorVariant variant, List<LabelledSeries> series, List<Scored> its, DetectionPlan plan) {
    ScoredCorpus corpus = new ScoredCorpus(series, its.stream().map(Scored::scores).toList());
    List<OfProfile> profiles = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      double threshold = corpus.bestThreshold(profile, corpus.all());
      profiles.add(
          new OfProfile(
              profile,
              threshold,
              corpus.tally(profile, threshold, corpus.all()),
              corpus.tally(profile, variant.threshold(), corpus.all()),
              CrossValidation.halves(corpus, profile, plan.halves(), DetectionPlan.SEED),
              CrossValidation.groups(corpus, profile)));
    }
    List<Tally> each =
        IntStream.range(0, series.size())
            .mapToObj(i -> corpus.tally(Profile.STANDARD, variant.threshold(), i))
            .toList();
    long rows = series.stream().mapToLong(LabelledSeries::rows).sum();
    long nanos = its.stream().mapToLong(Scored::cpuNanos).sum();
    return new OfVariant(variant, profiles, each, nanos / NANOS_PER_MICRO / rows);
  }
}
