package io.tidewatch.benchmarks.detection.nab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A corpus with the scores that one detector gave its rows. A row is reported when its score is at
 * least the threshold, which is one for all series.
 *
 * <p>Memory: some 40 bytes a row. Immutable, as long as the scores are.
 */
public final class ScoredCorpus {
  /** Above all scores: nothing is reported. */
  static final double SILENT = 1.1;

  private final List<LabelledSeries> series;
  private final List<double[]> scores;
  private final List<RowWorth> worth;
  private final int[] firstRow;
  private final int[] firstWindow;

  /** Rows that count, all series one after the other, highest score first. */
  private final int[] ranked;

  /**
   * @param scores one array a series, one score a row, 0 to 1
   * @throws IllegalArgumentException when they do not fit the series; one line
   */
  public ScoredCorpus(List<LabelledSeries> series, List<double[]> scores) {
    if (series.size() != scores.size()) {
      throw new IllegalArgumentException(
          "scores: must be of %d series, were of %d".formatted(series.size(), scores.size()));
    }
    this.series = List.copyOf(series);
    this.scores = List.copyOf(scores);
    this.worth = series.stream().map(each -> new RowWorth(each.rows(), each.windows())).toList();
    this.firstRow = new int[series.size() + 1];
    this.firstWindow = new int[series.size() + 1];
    for (int i = 0; i < series.size(); i++) {
      requireScores(series.get(i), scores.get(i));
      firstRow[i + 1] = firstRow[i] + series.get(i).rows();
      firstWindow[i + 1] = firstWindow[i] + worth.get(i).windows();
    }
    this.ranked = ranked();
  }

  private static void requireScores(LabelledSeries series, double[] scores) {
    if (scores.length != series.rows()) {
      throw new IllegalArgumentException(
          "%s: must have %d scores, had %d".formatted(series.path(), series.rows(), scores.length));
    }
    for (int row = 0; row < scores.length; row++) {
      if (!(scores[row] >= 0 && scores[row] <= 1)) {
        throw new IllegalArgumentException(
            "%s: score of row %d must be 0 to 1, was %s"
                .formatted(series.path(), row, scores[row]));
      }
    }
  }

  private int[] ranked() {
    double[] all = new double[firstRow[series.size()]];
    List<Integer> counting = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      System.arraycopy(scores.get(i), 0, all, firstRow[i], scores.get(i).length);
      for (int row = worth.get(i).probation(); row < worth.get(i).rows(); row++) {
        counting.add(firstRow[i] + row);
      }
    }
    counting.sort(Comparator.comparingDouble((Integer row) -> -all[row]));
    return counting.stream().mapToInt(Integer::intValue).toArray();
  }

  /** In the order given. */
  public List<LabelledSeries> series() {
    return series;
  }

  /** All series, for what takes a choice of them. */
  public BitSet all() {
    BitSet all = new BitSet(series.size());
    all.set(0, series.size());
    return all;
  }

  /**
   * The threshold with the best score on the chosen series: NAB's optimiser, which tries every
   * score that occurs, and silence. Of several best, the highest.
   */
  public double bestThreshold(Profile profile, BitSet chosen) {
    double[] windows = new double[firstWindow[series.size()]];
    chosen.stream()
        .forEach(
            i ->
                IntStream.range(0, worth.get(i).windows())
                    .filter(worth.get(i)::counts)
                    .forEach(window -> windows[firstWindow[i] + window] = -profile.missedWindow()));
    double found = Arrays.stream(windows).sum();
    double best = found;
    double threshold = SILENT;
    double falseRows = 0;
    double reported = SILENT;
    for (int row : ranked) {
      int of = seriesOf(row);
      if (!chosen.get(of)) {
        continue;
      }
      double score = scores.get(of)[row - firstRow[of]];
      if (score != reported) {
        if (falseRows + found > best) {
          best = falseRows + found;
          threshold = reported;
        }
        reported = score;
      }
      double worthIt = worth.get(of).of(row - firstRow[of]);
      int window = worth.get(of).window(row - firstRow[of]);
      if (window == RowWorth.NO_WINDOW) {
        falseRows += profile.falseRow() * worthIt;
      } else if (worthIt > windows[firstWindow[of] + window]) {
        windows[firstWindow[of] + window] = worthIt;
        found = Arrays.stream(windows).sum();
      }
    }
    return falseRows + found > best ? reported : threshold;
  }

  private int seriesOf(int row) {
    int place = Arrays.binarySearch(firstRow, row);
    return place >= 0 ? place : -place - 2;
  }

  /** What comes of a threshold on the chosen series. */
  public Tally tally(Profile profile, double threshold, BitSet chosen) {
    return chosen.stream()
        .mapToObj(i -> tally(profile, threshold, i))
        .reduce(Tally.NOTHING, Tally::plus);
  }

  /** What comes of a threshold on one series. */
  public Tally tally(Profile profile, double threshold, int index) {
    RowWorth of = worth.get(index);
    double[] windows = new double[of.windows()];
    Arrays.fill(windows, Double.NaN);
    double falseRows = 0;
    int truePositives = 0;
    int falsePositives = 0;
    int trueNegatives = 0;
    int falseNegatives = 0;
    for (int row = of.probation(); row < of.rows(); row++) {
      int window = of.window(row);
      boolean reported = scores.get(index)[row] >= threshold;
      if (window == RowWorth.NO_WINDOW) {
        falsePositives += reported ? 1 : 0;
        trueNegatives += reported ? 0 : 1;
        falseRows += reported ? profile.falseRow() * of.of(row) : 0;
      } else {
        truePositives += reported ? 1 : 0;
        falseNegatives += reported ? 0 : 1;
        if (reported && !(windows[window] >= of.of(row))) {
          windows[window] = of.of(row);
        }
      }
    }
    double score = falseRows;
    int counting = 0;
    int found = 0;
    for (int window = 0; window < windows.length; window++) {
      boolean missed = Double.isNaN(windows[window]);
      if (of.counts(window)) {
        counting++;
        found += missed ? 0 : 1;
        score += missed ? -profile.missedWindow() : windows[window];
      }
    }
    return new Tally(
        score,
        truePositives,
        falsePositives,
        trueNegatives,
        falseNegatives,
        counting,
        found,
        windows.length);
  }
}
