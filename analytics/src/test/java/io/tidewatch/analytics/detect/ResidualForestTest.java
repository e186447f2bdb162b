package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidualForestTest {

  private static ResidualForest grown(int rows, Random random) {
    ResidualForest forest = new ResidualForest(1);
    for (int i = 0; i < rows; i++) {
      forest.judge(random.nextGaussian(), random.nextGaussian() / 2, random.nextGaussian() / 4);
    }
    return forest;
  }

  @Test
  void saysNothingBeforeItsFirstTrees() {
    Random random = new Random(1);
    ResidualForest forest = new ResidualForest(1);
    for (int i = 0; i < 32; i++) {
      assertThat(forest.judge(random.nextGaussian() * 100, 0, 0)).isZero();
    }
    assertThat(forest.judge(0, 0, 0)).isPositive();
  }

  @Test
  void onlyWhatIsOutsideInAllViewsIsAloneAtOnce() {
    Random random = new Random(2);
    assertThat(grown(1_500, random).judge(0, 0, 0)).isLessThan(0.75);
    assertThat(grown(1_500, random).judge(9, 4, 2)).isGreaterThan(0.99);
    assertThat(grown(1_500, random).judge(9, 0, 0)).isBetween(0.6, 0.99);
  }

  /** What happened more than a thousand rows ago is as new as on the first day. */
  @Test
  void seesTheSecondAnomalyOfAKindToo() {
    Random random = new Random(3);
    ResidualForest forest = grown(1_500, random);
    assertThat(forest.judge(30, 15, 8)).isGreaterThan(0.99);
    for (int i = 0; i < 300; i++) {
      forest.judge(random.nextGaussian(), random.nextGaussian() / 2, random.nextGaussian() / 4);
    }
    double soon = forest.judge(30, 15, 8);
    for (int i = 0; i < 1_200; i++) {
      forest.judge(random.nextGaussian(), random.nextGaussian() / 2, random.nextGaussian() / 4);
    }
    assertThat(forest.judge(30, 15, 8)).isGreaterThan(0.99).isGreaterThanOrEqualTo(soon);
  }

  @Test
  void residualsThatNeverMovedDoNotGrowTrees() {
    ResidualForest forest = new ResidualForest(1);
    for (int i = 0; i < 300; i++) {
      assertThat(forest.judge(0, 0, 0)).isBetween(0.0, 0.51);
    }
  }

  @Test
  void growsTheSameTreesFromWhatWasStored() throws IOException {
    for (int rows : new int[] {0, 10, 32, 70, 150, 1_099, 1_100, 1_234, 2_500}) {
      ResidualForest forest = grown(rows, new Random(rows));
      ResidualForest read = new ResidualForest(1);
      read.read(new DataInputStream(new ByteArrayInputStream(bytes(forest))));
      assertThat(bytes(read)).isEqualTo(bytes(forest));
      Random random = new Random(5);
      for (int i = 0; i < 250; i++) {
        double residual = 2 * random.nextGaussian();
        assertThat(read.judge(residual, residual / 2, residual / 4))
            .isEqualTo(forest.judge(residual, residual / 2, residual / 4));
      }
    }
  }

  @Test
  void refusesAGrowthThatCannotBe() throws IOException {
    byte[] bytes = bytes(grown(120, new Random(6)));
    byte[] later = bytes.clone();
    later[1] = 121;
    assertThatThrownBy(
            () -> new ResidualForest(1).read(new DataInputStream(new ByteArrayInputStream(later))))
        .hasMessage("detector: residuals at the last growth must be 0 to 120, was 121");
    byte[] earlier = bytes.clone();
    earlier[1] = 3;
    assertThatThrownBy(
            () ->
                new ResidualForest(1).read(new DataInputStream(new ByteArrayInputStream(earlier))))
        .hasMessage("detector: last growth must be at most 100 rows ago, was 117");
  }

  private static byte[] bytes(ResidualForest forest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    forest.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
