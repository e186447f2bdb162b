package io.tidewatch.engines.smile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.forest.ForestSettings;
import io.tidewatch.analytics.forest.ForestTrainer;
import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.analytics.forest.IsolationForestCodec;
import io.tidewatch.analytics.forest.TrainingRows;
import io.tidewatch.testkit.LabelledRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smile.anomaly.IsolationTree;
import smile.math.MathEx;
import smile.stat.distribution.GaussianDistribution;

class SmileTrainerTest {
  private static final int SEEDS = 5;
  private static final double CLOSE = 0.02;

  @Test
  void findsKnownAnomaliesAsTheBuiltInEngineDoes() {
    for (String name : LabelledRows.ADBENCH) {
      LabelledRows set = LabelledRows.adbench(name);
      assertThat(meanArea("smile", set))
          .as(name)
          .isCloseTo(meanArea("built-in", set), within(CLOSE));
    }
  }

  private static double meanArea(String engine, LabelledRows set) {
    ForestTrainer trainer = ForestEngines.named(engine);
    TrainingRows rows = TrainingRows.of(set.features(), set.rows());
    double sum = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      IsolationForest forest = trainer.fit(rows, ForestSettings.ofPaper(seed));
      sum += set.areaUnderCurve(forest.scores(set.rows()));
    }
    return sum / SEEDS;
  }

  /** What was converted ends paths where Smile's own trees end them. */
  @Test
  void scoresAreThoseOfSmilesOwnTrees() {
    double[][] rows = rows(1, 200, 4);
    ForestSettings settings = new ForestSettings(50, 256, 0, 5);
    IsolationForest forest = new SmileTrainer().fit(TrainingRows.of(names(4), rows), settings);

    // without a sample every tree has all rows; their order does not matter to Smile
    IsolationTree[] trees = new IsolationTree[50];
    for (int tree = 0; tree < trees.length; tree++) {
      SmileSeed.set(5, tree);
      trees[tree] = new IsolationTree(List.of(rows), 8, 0);
    }
    smile.anomaly.IsolationForest own = new smile.anomaly.IsolationForest(200, 0, trees);
    double apart = 0;
    for (double[] row : rows(2, 500, 4)) {
      apart += Math.abs(forest.score(row) - own.score(row));
    }
    // Smile counts leaves of a few rows otherwise
    assertThat(apart / 500).isLessThan(0.02);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void sameSeedGivesTheSameBitsWhateverWasDrawnBefore(int level) throws IOException {
    TrainingRows rows = TrainingRows.of(names(4), rows(3, 300, 4));
    ForestSettings settings = new ForestSettings(30, 64, level, 7);
    byte[] first = IsolationForestCodec.write(new SmileTrainer().fit(rows, settings));

    MathEx.setSeed(1);
    GaussianDistribution.getInstance().rand();
    assertThat(IsolationForestCodec.write(new SmileTrainer().fit(rows, settings))).isEqualTo(first);
    assertThat(
            IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> IsolationForestCodec.write(new SmileTrainer().fit(rows, settings)))
                .toList())
        .allSatisfy(bytes -> assertThat(bytes).isEqualTo(first));
    IsolationForest read = IsolationForestCodec.read(first);
    assertThat(read.engine()).isEqualTo("smile");
    assertThat(IsolationForestCodec.write(read)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void seesWhatLiesApartAndSaysWhy(int level) {
    double[][] rows = rows(4, 1_000, 4);
    for (double[] row : rows) {
      row[3] = 9;
    }
    rows[0][1] = Double.NaN;
    IsolationForest forest =
        new SmileTrainer()
            .fit(TrainingRows.of(names(4), rows), new ForestSettings(100, 256, level, 4));

    double[] apart = {0, 15, 0, 9};
    assertThat(forest.rows()).isEqualTo(999);
    assertThat(forest.score(apart)).isGreaterThan(forest.score(new double[] {0, 0, 0, 9}) + 0.1);
    assertThat(forest.attribution(apart)[1]).isGreaterThan(0.8);
    assertThat(forest.score(new double[] {0, 0, 0, 8})).isGreaterThan(0.9);
  }

  @Test
  void saysThatItNeedsRowsWithoutMissingValues() {
    double[][] rows = rows(5, 100, 2);
    Arrays.stream(rows).skip(1).forEach(row -> row[1] = Double.NaN);
    TrainingRows training = TrainingRows.of(names(2), rows);

    assertThatThrownBy(() -> new SmileTrainer().fit(training, ForestSettings.ofPaper(1)))
        .hasMessage(
            "rows: must be at least 2 with a value, were 1 of 1; the engine smile uses rows without"
                + " missing values only");
  }

  @Test
  void noNativeCodeComesWithIt() {
    assertThatThrownBy(() -> Class.forName("org.bytedeco.javacpp.Loader"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  private static List<String> names(int features) {
    return IntStream.range(0, features).mapToObj(i -> "f" + i).toList();
  }

  private static double[][] rows(long seed, int count, int features) {
    Random random = new Random(seed);
    double[][] rows = new double[count][features];
    for (double[] row : rows) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return rows;
  }
}
