package io.tidewatch.benchmarks.detection.nab;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a score is worth when its threshold was chosen on other series. NAB's leaderboard chooses
 * the threshold on the labels it then scores.
 */
public final class CrossValidation {
  private CrossValidation() {}

  /**
   * Normalised scores of several choices.
   *
   * @param mean {@code NaN} where nothing could be scored, and so are the others
   * @param folds how many scores {@code min} and {@code max} are of
   */
  public record Spread(double mean, double min, double max, int folds) {}

  /**
   * Series at random into halves; the threshold of each half is held against the other. One series
   * has no halves.
   *
   * @param splits how often; gives twice as many scores
   * @param seed the same seed, the same halves
   */
  public static Spread halves(ScoredCorpus corpus, Profile profile, int splits, long seed) {
    Random random = new Random(seed);
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, corpus.series().size()).boxed().toList());
    List<Double> scores = new ArrayList<>();
    for (int split = 0; split < splits && order.size() > 1; split++) {
      Collections.shuffle(order, random);
      BitSet one = chosen(order.subList(0, order.size() / 2));
      BitSet other = chosen(order.subList(order.size() / 2, order.size()));
      scores.add(elsewhere(corpus, profile, one, other).normalised(profile));
      scores.add(elsewhere(corpus, profile, other, one).normalised(profile));
    }
    double mean =
        scores.stream().filter(Double::isFinite).mapToDouble(x -> x).average().orElse(Double.NaN);
    return spread(mean, scores);
  }

  /**
   * One group of series after the other is left out, and scored under the threshold of the rest.
   *
   * @return the mean is the score of all groups together, so that groups without windows count with
   *     their false rows; least and greatest are among the groups with windows
   */
  public static Spread groups(ScoredCorpus corpus, Profile profile) {
    List<String> groups =
        corpus.series().stream().map(LabelledSeries::group).distinct().sorted().toList();
    Tally all = Tally.NOTHING;
    List<Double> scores = new ArrayList<>();
    for (String group : groups) {
      BitSet left = new BitSet();
      for (int i = 0; i < corpus.series().size(); i++) {
        left.set(i, corpus.series().get(i).group().equals(group));
      }
      BitSet rest = corpus.all();
      rest.andNot(left);
      Tally tally = elsewhere(corpus, profile, rest, left);
      all = all.plus(tally);
      scores.add(tally.normalised(profile));
    }
    return spread(groups.size() < 2 ? Double.NaN : all.normalised(profile), scores);
  }

  private static Tally elsewhere(
      ScoredCorpus corpus, Profile profile, BitSet chosenOn, BitSet scoredOn) {
    return corpus.tally(profile, corpus.bestThreshold(profile, chosenOn), scoredOn);
  }

  private static BitSet chosen(List<Integer> series) {
    BitSet chosen = new BitSet();
    series.forEach(chosen::set);
    return chosen;
  }

  private static Spread spread(double mean, List<Double> scores) {
    List<Double> finite = scores.stream().filter(Double::isFinite).sorted().toList();
    return Double.isNaN(mean) || finite.isEmpty()
        ? new Spread(Double.NaN, Double.NaN, Double.NaN, 0)
        : new Spread(mean, finite.get(0), finite.get(finite.size() - 1), finite.size());
  }
}
