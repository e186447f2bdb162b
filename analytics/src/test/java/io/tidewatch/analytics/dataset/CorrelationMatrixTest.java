package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.dataset.Correlation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrelationMatrixTest {
  private static final double NAN = Double.NaN;

  @Test
  void correlatesEachColumnWithEach() {
    Correlation correlation =
        of(new double[] {1, 10, 5}, new double[] {2, 8, 5}, new double[] {3, 6, 5});
    assertThat(correlation)
        .isEqualTo(
            new Correlation(
                new long[][] {{3, 3, 3}, {3, 3, 3}, {3, 3, 3}},
                new double[][] {{1, -1, NAN}, {-1, 1, NAN}, {NAN, NAN, NAN}}));
  }

  @Test
  void takesTheRowsInWhichBothHaveAValue() {
    Correlation correlation =
        of(
            new double[] {1, 1, NAN},
            new double[] {2, NAN, 7},
            new double[] {NAN, 100, 8},
            new double[] {4, 2, 9},
            new double[] {Double.POSITIVE_INFINITY, 3, NAN});
    assertThat(correlation.pairs()).isDeepEqualTo(new long[][] {{3, 2, 2}, {2, 4, 2}, {2, 2, 3}});
    assertThat(correlation.coefficients())
        .isDeepEqualTo(new double[][] {{1, 1, 1}, {1, 1, -1}, {1, -1, 1}});
  }

  @Test
  void knowsNoCorrelationOfFewerThanTwoPairs() {
    assertThat(new CorrelationMatrix(2).correlation())
        .isEqualTo(new Correlation(new long[2][2], new double[][] {{NAN, NAN}, {NAN, NAN}}));
    assertThat(of(new double[] {1, 2}))
        .isEqualTo(
            new Correlation(
                new long[][] {{1, 1}, {1, 1}}, new double[][] {{NAN, NAN}, {NAN, NAN}}));
  }

  @Test
  void agreesWithTheFormulaInDecimals() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      List<double[]> rows = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        double x = random.nextGaussian();
        double y = 0.5 * x + random.nextGaussian();
        double z = random.nextInt(4) == 0 ? NAN : y * y;
        rows.add(new double[] {x, y, z});
      }
      Correlation correlation = of(rows.toArray(double[][]::new));
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          assertThat(correlation.coefficients()[i][j])
              .as("seed %d, %d with %d", seed, i, j)
              .isCloseTo(exact(rows, i, j), within(1e-14));
        }
      }
    }
  }

  @Test
  void losesNothingToALargeMean() {
    Random random = new Random(1);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      double x = random.nextInt(1_000);
      rows.add(new double[] {1e9 + x, -1e9 + x + random.nextInt(1_000)});
    }
    // κ is 1e9 / 300: sums of squares would have no digit left
    assertThat(of(rows.toArray(double[][]::new)).coefficients()[0][1])
        .isCloseTo(exact(rows, 0, 1), within(1e-10));
  }

  @Test
  void aConstantColumnHasNoCorrelationHoweverLargeItIs() {
    Correlation correlation =
        of(
            new double[] {1e15 + 0.1, 1},
            new double[] {1e15 + 0.1, 2},
            new double[] {1e15 + 0.1, 4});
    assertThat(correlation.coefficients()).isDeepEqualTo(new double[][] {{NAN, NAN}, {NAN, 1}});
  }

  @Test
  void isNeverBeyondOne() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      CorrelationMatrix matrix = new CorrelationMatrix(2);
      for (int i = 0; i < 20; i++) {
        double x = random.nextGaussian();
        matrix.add(new double[] {x, 0.1 * x});
      }
      assertThat(matrix.correlation().coefficients()[0][1]).isBetween(1 - 1e-14, 1.0);
    }
  }

  @Test
  void correlatesVerySmallAndLargeValues() {
    Correlation correlation = of(new double[] {1e-150, 1e150}, new double[] {3e-150, 3e150});
    assertThat(correlation.coefficients()[0][1]).isCloseTo(1, within(1e-14));
    Correlation beyond = of(new double[] {-1e200, 1}, new double[] {1e200, 2});
    assertThat(beyond.coefficients()).isDeepEqualTo(new double[][] {{NAN, NAN}, {NAN, 1}});
  }

  @Test
  void refusesRowsOfAnotherLength() {
    assertThatThrownBy(() -> new CorrelationMatrix(3).add(new double[2]))
        .hasMessage("row: must have one value a column (3), had 2");
    assertThatThrownBy(() -> new CorrelationMatrix(0)).hasMessage("columns: must be ≥ 1, was 0");
  }

  private static Correlation of(double[]... rows) {
    CorrelationMatrix matrix = new CorrelationMatrix(rows[0].length);
    for (double[] row : rows) {
      matrix.add(row);
    }
    return matrix.correlation();
  }

  /** The textbook formula over sums, in decimals that do not cancel. */
  private static double exact(List<double[]> rows, int i, int j) {
    BigDecimal n = BigDecimal.ZERO;
    BigDecimal[] sums = new BigDecimal[5];
    Arrays.fill(sums, BigDecimal.ZERO);
    for (double[] row : rows) {
      if (Double.isFinite(row[i]) && Double.isFinite(row[j])) {
        BigDecimal x = new BigDecimal(row[i]);
        BigDecimal y = new BigDecimal(row[j]);
        n = n.add(BigDecimal.ONE);
        BigDecimal[] terms = {x, y, x.multiply(x), y.multiply(y), x.multiply(y)};
        for (int k = 0; k < terms.length; k++) {
          sums[k] = sums[k].add(terms[k]);
        }
      }
    }
    BigDecimal spreadX = n.multiply(sums[2]).subtract(sums[0].multiply(sums[0]));
    BigDecimal spreadY = n.multiply(sums[3]).subtract(sums[1].multiply(sums[1]));
    BigDecimal common = n.multiply(sums[4]).subtract(sums[0].multiply(sums[1]));
    MathContext digits = MathContext.DECIMAL128;
    return common.divide(spreadX.multiply(spreadY).sqrt(digits), digits).doubleValue();
  }
}
