package io.tidewatch.analytics.forest;

import static io.tidewatch.analytics.forest.ForestRows.grown;
import static io.tidewatch.analytics.forest.ForestRows.names;
import static io.tidewatch.analytics.forest.ForestRows.normal;
import static io.tidewatch.analytics.forest.ForestRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsolationForestTest {
  private static final double MISSING = Double.NaN;

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 8})
  void scoresWhatLiesApartAboveTheRest(int level) {
    double[][] rows = normal(1, 1_000, 9);
    IsolationForest forest = grown(rows, level, 1);

    double[] scores = forest.scores(rows);
    assertThat(Arrays.stream(scores).average().orElse(0)).isBetween(0.35, 0.5);
    assertThat(forest.score(row(9, 0))).isLessThan(0.42);
    for (int feature = 0; feature < 9; feature++) {
      // one feature of nine is cut seldom: the paper's forest sees it, but not as much more
      assertThat(forest.score(row(9, 12, feature)))
          .as("feature %d", feature)
          .isGreaterThan(forest.score(row(9, 0)) + 0.02);
    }
    assertThat(forest.score(row(9, 12, 0, 1, 2, 3, 4, 5, 6, 7, 8)))
        .isGreaterThan(Arrays.stream(scores).max().orElse(1))
        .isGreaterThan(0.62);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void sameSeedAndRowsGiveTheSameBitsOnAnyThread(int level) {
    double[][] rows = normal(2, 700, 5);
    byte[] first = IsolationForestCodec.write(grown(rows, level, 11));

    assertThat(
            IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> IsolationForestCodec.write(grown(rows, level, 11)))
                .toList())
        .allSatisfy(bytes -> assertThat(bytes).isEqualTo(first));
    assertThat(IsolationForestCodec.write(grown(rows, level, 12))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void theWayWithoutBranchesEndsWhereThePlainOneDoes(int level) {
    double[][] rows = normal(3, 500, 4);
    IsolationForest forest = grown(rows, level, 3);
    double[][] asked = normal(4, 2_000, 4);
    double average = 100 * PathLength.expected(256);

    double[] scores = forest.scores(asked);
    for (int i = 0; i < asked.length; i++) {
      double plain = new PathWalk(forest.trees(), asked[i], null).lengths();
      assertThat(scores[i]).isEqualTo(StrictMath.pow(2, -plain / average));
      assertThat(forest.score(asked[i])).isEqualTo(scores[i]);
    }
  }

  @Test
  void pathsAreThoseOfTheTrainingRows() {
    double[][] rows = normal(5, 200, 3);
    IsolationForest forest = grown(rows, 0, 5);
    TreeShape shape = forest.trees().shape();

    // each tree was grown from all rows: where they end, the tree says so many ended
    for (int root : shape.roots()) {
      int[] ended = new int[shape.right().length];
      for (double[] row : rows) {
        int node = root;
        while (!shape.isLeaf(node)) {
          ended[node]++;
          boolean left = forest.trees().side(node, row) == Trees.Side.LEFT;
          node = left ? shape.right()[node] - 1 : shape.right()[node];
        }
        ended[node]++;
      }
      for (int node = 0; node < ended.length; node++) {
        if (ended[node] > 0) {
          assertThat(shape.rows()[node]).isEqualTo(ended[node]);
        }
      }
      assertThat(shape.rows()[root]).isEqualTo(200);
    }
    assertThat(shape.depth()).isLessThanOrEqualTo(8);
  }

  @Test
  void unitsOfFeaturesDoNotMatter() {
    double[][] rows = normal(6, 400, 3);
    double[][] scaled = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = new double[] {rows[i][0] * 1024, rows[i][1] / 4096, -0.0 + rows[i][2]};
    }
    assertThat(grown(scaled, 0, 6).scores(scaled)).containsExactly(grown(rows, 0, 6).scores(rows));
  }

  @Test
  void placesFarFromZeroDoNotMatter() {
    double[][] rows = normal(7, 400, 2);
    double[][] far = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      far[i] = new double[] {rows[i][0] + 1e6, rows[i][1] + 1e6};
    }
    IsolationForest near = grown(rows, 0, 7);
    IsolationForest away = grown(far, 0, 7);
    for (int i = 0; i < rows.length; i++) {
      assertThat(away.score(far[i])).isCloseTo(near.score(rows[i]), within(0.02));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aMissingValueMakesARowNeitherNormalNorAnomalous(int level) {
    double[][] rows = normal(8, 1_000, 9);
    IsolationForest forest = grown(rows, level, 8);

    double change = 0;
    for (double[] row : rows) {
      double[] lacking = row.clone();
      lacking[3] = MISSING;
      change += forest.score(lacking) - forest.score(row);
    }
    assertThat(change / rows.length).isCloseTo(0, within(0.02));

    double[] middle = row(9, 0);
    middle[0] = Double.POSITIVE_INFINITY;
    middle[1] = MISSING;
    assertThat(IsolationForest.missing(middle)).isEqualTo(2);
    assertThat(forest.score(middle)).isLessThan(0.45);

    double[] apart = row(9, 12, 4, 5, 6, 7);
    apart[0] = MISSING;
    apart[1] = MISSING;
    assertThat(forest.score(apart)).isGreaterThan(0.55);
  }

  @Test
  void aRowWithoutAnyValueHasNoScore() {
    IsolationForest forest = grown(normal(9, 300, 3), 0, 9);
    double[] nothing = {MISSING, Double.NEGATIVE_INFINITY, MISSING};

    assertThat(IsolationForest.missing(nothing)).isEqualTo(3);
    assertThat(forest.score(nothing)).isNaN();
    assertThat(forest.scores(new double[][] {nothing, row(3, 0), nothing}))
        .satisfies(scores -> assertThat(scores[0]).isNaN())
        .satisfies(scores -> assertThat(scores[1]).isLessThan(0.5));
    assertThat(forest.attribution(nothing)).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void learnsFromRowsThatLackValues(int level) {
    double[][] rows = normal(10, 1_000, 4);
    Random random = new Random(10);
    for (double[] row : rows) {
      row[random.nextInt(3)] = MISSING;
      row[3] = MISSING;
    }
    rows[0] = new double[] {MISSING, MISSING, MISSING, MISSING};
    rows[1][0] = Double.NEGATIVE_INFINITY;
    TrainingRows training = TrainingRows.of(names(4), rows);
    IsolationForest forest =
        new BuiltInTrainer().fit(training, new ForestSettings(100, 256, level, 10));

    assertThat(training.leftOut()).isOne();
    assertThat(forest.rows()).isEqualTo(999);
    assertThat(rows[1][0]).as("given rows stay").isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(forest.score(row(4, 0))).isLessThan(0.45);
    assertThat(forest.score(row(4, 9, 0, 1))).isGreaterThan(0.6);
    // a feature that was never seen says nothing
    assertThat(forest.score(row(4, 1e6, 3))).isEqualTo(forest.score(row(4, 0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aFeatureThatMovesForTheFirstTimeIsTheGreatestAnomaly(int level) {
    double[][] rows = normal(11, 600, 4);
    for (double[] row : rows) {
      row[2] = 5;
    }
    IsolationForest forest = grown(rows, level, 11);
    double[] still = row(4, 0);
    still[2] = 5;
    double[] moved = still.clone();
    moved[2] = 5.001;
    double[] silent = still.clone();
    silent[2] = MISSING;

    double greatest = StrictMath.pow(2, -1 / PathLength.expected(256));
    assertThat(forest.score(still)).isLessThan(0.45);
    assertThat(forest.score(moved)).isEqualTo(greatest);
    assertThat(forest.scores(new double[][] {still, moved})[1]).isEqualTo(greatest);
    assertThat(forest.score(silent)).isCloseTo(forest.score(still), within(1e-12));
    assertThat(forest.score(row(4, 1e9, 0, 1, 2, 3))).isLessThanOrEqualTo(greatest);
    assertThat(forest.attribution(moved)).containsExactly(0, 0, 1, 0);
  }

  @Test
  void aFeatureSeenNowAndThenIsNotKnownToStandStill() {
    double[][] rows = normal(19, 300, 2);
    for (int i = 0; i < rows.length; i++) {
      rows[i][1] = i % 3 == 0 ? 5 : MISSING;
    }
    IsolationForest forest = grown(rows, 0, 19);

    assertThat(forest.score(new double[] {0, 6})).isEqualTo(forest.score(new double[] {0, 5}));
  }

  @Test
  void constantFeaturesDoNotUseUpDepth() {
    double[][] narrow = normal(12, 500, 2);
    double[][] wide = new double[narrow.length][];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = new double[] {7, narrow[i][0], 7, 7, narrow[i][1], 7};
    }
    double[] apart = {7, 12 * 0.01, 7, 7, 0.1, 7};

    assertThat(grown(wide, 0, 1).score(apart))
        .isCloseTo(grown(narrow, 0, 1).score(new double[] {0.12, 0.1}), within(0.03));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void rowsThatAreAllAlikeScoreHalf(int level) {
    double[][] rows = new double[300][];
    Arrays.fill(rows, new double[] {1, 2, MISSING});
    IsolationForest forest = grown(rows, level, 13);

    assertThat(forest.score(new double[] {1, 2, MISSING})).isCloseTo(0.5, within(1e-12));
    assertThat(forest.score(new double[] {1, 2, 99})).isCloseTo(0.5, within(1e-12));
    assertThat(forest.score(new double[] {1, 2.5, 99})).isGreaterThan(0.9);
    assertThat(forest.attribution(new double[] {1, 2, 3})).containsOnly(0);
  }

  @Test
  void fewRowsGiveCoarseScores() {
    IsolationForest two = grown(new double[][] {{1, 1}, {2, 1}}, 0, 14);
    assertThat(two.score(new double[] {1, 1})).isEqualTo(0.5);
    assertThat(two.score(new double[] {9, 1})).isEqualTo(0.5);

    double[][] rows = normal(14, 20, 2);
    IsolationForest twenty = grown(rows, 0, 14);
    assertThat(twenty.trees().shape().depth()).isLessThanOrEqualTo(5);
    assertThat(twenty.score(row(2, 20, 0, 1))).isGreaterThan(0.65);
    assertThat(twenty.score(row(2, 0))).isLessThan(0.5);
  }

  @Test
  void refusesToLearnFromLessThanTwoRows() {
    assertThatThrownBy(() -> TrainingRows.of(names(2), new double[0][]))
        .hasMessage("rows: must be at least 2 with a value, were 0 of 0");
    assertThatThrownBy(
            () ->
                TrainingRows.of(
                    names(2), new double[][] {{1, 2}, {MISSING, MISSING}, {MISSING, MISSING}}))
        .hasMessage("rows: must be at least 2 with a value, were 1 of 3");
  }

  @Test
  void refusesRowsOfOtherFeatures() {
    IsolationForest forest = grown(normal(15, 50, 2), 0, 15);

    assertThatThrownBy(() -> forest.score(new double[3]))
        .hasMessage("row: must have one value a feature (2), had 3");
    assertThatThrownBy(() -> forest.attribution(new double[1]))
        .hasMessage("row: must have one value a feature (2), had 1");
    assertThatThrownBy(() -> TrainingRows.of(names(2), new double[][] {{1, 2}, {1}}))
        .hasMessage("row: must have one value a feature (2), had 1");
    assertThatThrownBy(() -> TrainingRows.of(List.of("a", "a"), new double[2][2]))
        .hasMessage("features: each must be named once, were 1 different of 2");
    assertThatThrownBy(() -> TrainingRows.of(List.of(), new double[2][0]))
        .hasMessage("features: must be 1 to 4096, were 0");
    assertThatThrownBy(() -> forest.requireFeatures(List.of("f1", "f0")))
        .hasMessage("features: must be those of the forest, [f0, f1], were [f1, f0]");
    forest.requireFeatures(List.of("f0", "f1"));
    assertThat(forest.features()).containsExactly("f0", "f1");
  }

  @Test
  void refusesSettingsThatNoForestHas() {
    assertThatThrownBy(() -> new ForestSettings(0, 256, 0, 1))
        .hasMessage("forest.trees: must be 1 to 1000, was 0");
    assertThatThrownBy(() -> new ForestSettings(100, 1, 0, 1))
        .hasMessage("forest.sample_rows: must be 2 to 65536, was 1");
    assertThatThrownBy(() -> new ForestSettings(100, 256, -1, 1))
        .hasMessage("forest.extension_level: must be 0 to 4095, was -1");
    assertThatThrownBy(() -> new ForestSettings(9, 1 << 16, 0, 1))
        .hasMessage("forest.trees: must be at most 524288 / forest.sample_rows (65536), was 9");
    assertThatThrownBy(() -> grown(normal(16, 50, 2), 2, 16))
        .hasMessage("forest.extension_level: must be below the number of features (2), was 2");
    assertThat(ForestSettings.ofPaper(3)).isEqualTo(new ForestSettings(100, 256, 0, 3));
  }

  @Test
  void manyRowsOfOneTreeAreScoredToo() {
    double[][] rows = normal(17, 6_000, 2);
    IsolationForest forest =
        new BuiltInTrainer()
            .fit(TrainingRows.of(names(2), rows), new ForestSettings(7, 5_000, 0, 17));

    assertThat(forest.trees().shape().depth()).isBetween(10, 13);
    assertThat(forest.score(row(2, 20, 0, 1))).isGreaterThan(0.7);
    assertThat(forest.score(row(2, 0))).isLessThan(0.5);
  }

  @Test
  void knowsTheEnginesThereAre() {
    assertThat(ForestEngines.named(ForestEngines.DEFAULT).engine()).isEqualTo("built-in");
    assertThatThrownBy(() -> ForestEngines.named("oracle"))
        .hasMessage("forest.engine: must be one of [built-in], whose jars are here, was oracle");
  }

  @Test
  void samplesHaveEachRowOnceAndAllAlike() {
    TrainingRows rows = TrainingRows.of(names(1), normal(18, 100, 1));
    TreeSamples samples = new TreeSamples(rows, new ForestSettings(1_000, 30, 0, 18));
    int[] drawn = new int[100];
    for (int tree = 0; tree < 1_000; tree++) {
      int[] sample = samples.of(tree);
      assertThat(sample).hasSize(30).doesNotHaveDuplicates();
      Arrays.stream(sample).forEach(row -> drawn[row]++);
    }
    assertThat(Arrays.stream(drawn).boxed())
        .allSatisfy(times -> assertThat(times).isBetween(230, 370));
    assertThat(samples.of(3))
        .containsExactly(new TreeSamples(rows, new ForestSettings(5, 30, 0, 18)).of(3));
  }
}
