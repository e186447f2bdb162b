package io.tidewatch.benchmarks.detection;

import java.util.List;
import java.util.Map;

/** What others reach; not measured here. */
final class PublicFigures {
  /** Where {@link #LEADERBOARD} is from. */
  static final String LEADERBOARD_SOURCE =
      "the [leaderboard of NAB](https://github.com/numenta/NAB#scoreboard) (two figures: its list and"
          + " its stored results), on all 58 series, the threshold chosen on their labels";

  /** Where {@link #DEVELOPED_ON} is from. */
  static final String DEVELOPED_ON_SOURCE =
      "from the rows stored in NAB's repository, on the 29 series that Tidewatch is developed with,"
          + " the threshold chosen on their labels";

  /** Where {@link #SCIKIT_LEARN} is from. */
  static final String SCIKIT_LEARN_SOURCE =
      "`IsolationForest` of scikit-learn, 100 trees of 256 rows, taken on the same rows in November"
          + " 2026, before Tidewatch had a forest";

  /** Scores of the three profiles as they are quoted. */
  record Entry(String detector, String standard, String lowFalsePositives, String lowMisses) {}

  static final List<Entry> LEADERBOARD =
      List.of(
          new Entry("Perfect", "100", "100", "100"),
          new Entry("ARTime", "74.9", "65.1", "80.4"),
          new Entry("Numenta HTM", "69.7–70.5", "61.7–62.6", "74.2–75.2"),
          new Entry("CAD OSE", "69.9", "67.0", "73.2"),
          new Entry("earthgecko Skyline", "58.2", "46.2", "63.9"),
          new Entry("KNN CAD", "58.0", "43.4", "64.8"),
          new Entry("Relative Entropy", "54.6", "47.6", "58.8"),
          new Entry("Random Cut Forest", "51.7", "38.4", "59.7"),
          new Entry("Twitter ADVec", "47.1", "33.6", "53.5"),
          new Entry("Windowed Gaussian", "39.6", "20.9", "47.4"),
          new Entry("Etsy Skyline", "35.7", "27.1", "44.5"),
          new Entry("Bayesian Changepoint", "17.7", "3.2", "32.2"),
          new Entry("EXPoSE", "16.4", "3.2", "26.9"),
          new Entry("Random", "11.0", "1.2", "19.5"),
          new Entry("Null", "0", "0", "0"));

  static final List<Entry> DEVELOPED_ON =
      List.of(
          new Entry("ARTime", "75.1", "65.4", "80.6"),
          new Entry("CAD OSE", "70.9", "67.9", "74.0"),
          new Entry("Numenta HTM", "70.7", "63.9", "75.0"));

  /** Area under the ROC curve by name of the set. */
  static final Map<String, Double> SCIKIT_LEARN =
      Map.ofEntries(
          Map.entry("annthyroid", 0.818),
          Map.entry("arrhythmia", 0.809),
          Map.entry("breastw", 0.987),
          Map.entry("cardio", 0.933),
          Map.entry("cover", 0.876),
          Map.entry("http", 1.000),
          Map.entry("ionosphere", 0.846),
          Map.entry("mammography", 0.862),
          Map.entry("musk", 1.000),
          Map.entry("pendigits", 0.942),
          Map.entry("pima", 0.671),
          Map.entry("satellite", 0.701),
          Map.entry("satimage-2", 0.994),
          Map.entry("shuttle", 0.997),
          Map.entry("smtp", 0.904),
          Map.entry("thyroid", 0.978));

  private PublicFigures() {}
}
