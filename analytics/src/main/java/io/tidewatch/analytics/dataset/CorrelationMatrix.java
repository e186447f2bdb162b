package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.Correlation;

/**
 * Pearson's correlation of each column with each, in one pass over the rows, over those rows in
 * which both have a value (pairwise complete, as in pandas).
 *
 * <p>Means and sums of co-moments are updated with each pair, never subtracted from sums of
 * squares, which would cancel: B. P. Welford, "Note on a method for calculating corrected sums of
 * squares and products", Technometrics 4(3), 1962; for two variables P. Pébay, "Formulas for
 * robust, one-pass parallel computation of covariances and arbitrary-order statistical moments",
 * Sandia report SAND2008-6212, 2008. The relative error of such a sum of squares is at most n·κ·u,
 * with u = 2^-53 and κ the ratio of root mean square to deviation (T. F. Chan, G. H. Golub, R. J.
 * LeVeque, "Algorithms for computing the sample variance", The American Statistician 37(3), 1983).
 * The same rows in another order may differ in the last bits.
 *
 * <p>Memory: 48 bytes a pair of columns, d·(d + 1)/2 of them, and as many updates a row. Mutable,
 * not for several threads.
 */
public final class CorrelationMatrix {
  private final int columns;
  private final long[] count;
  private final double[] meanX;
  private final double[] meanY;

  /** Sums of the squared deviations of the one and the other, and of their products. */
  private final double[] squaresX;

  private final double[] squaresY;
  private final double[] products;

  /**
   * Without rows.
   *
   * @param columns how many, at least 1
   */
  public CorrelationMatrix(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("columns: must be ≥ 1, was " + columns);
    }
    this.columns = columns;
    int pairs = Math.toIntExact((long) columns * (columns + 1) / 2);
    this.count = new long[pairs];
    this.meanX = new double[pairs];
    this.meanY = new double[pairs];
    this.squaresX = new double[pairs];
    this.squaresY = new double[pairs];
    this.products = new double[pairs];
  }

  /**
   * Adds one row.
   *
   * @param row one value a column; one that is not finite is missing; stays as it is
   * @throws IllegalArgumentException when it has another number of values
   */
  public void add(double[] row) {
    if (row.length != columns) {
      throw new IllegalArgumentException(
          "row: must have one value a column (%d), had %d".formatted(columns, row.length));
    }
    int pair = 0;
    for (int i = 0; i < columns; i++) {
      if (!Double.isFinite(row[i])) {
        pair += i + 1;
        continue;
      }
      for (int j = 0; j <= i; j++, pair++) {
        if (Double.isFinite(row[j])) {
          add(pair, row[i], row[j]);
        }
      }
    }
  }

  private void add(int pair, double x, double y) {
    long n = ++count[pair];
    double fromMeanX = x - meanX[pair];
    double fromMeanY = y - meanY[pair];
    meanX[pair] += fromMeanX / n;
    meanY[pair] += fromMeanY / n;
    double fromNewMeanY = y - meanY[pair];
    squaresX[pair] += fromMeanX * (x - meanX[pair]);
    squaresY[pair] += fromMeanY * fromNewMeanY;
    products[pair] += fromMeanX * fromNewMeanY;
  }

  /**
   * The matrix of what was added. A coefficient is {@code NaN} below two pairs, where one of both
   * columns is constant over the pairs, and where a sum of squares does not fit a double.
   */
  public Correlation correlation() {
    long[][] pairs = new long[columns][columns];
    double[][] coefficients = new double[columns][columns];
    int pair = 0;
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j <= i; j++, pair++) {
        pairs[i][j] = count[pair];
        pairs[j][i] = count[pair];
        coefficients[i][j] = coefficient(pair, i == j);
        coefficients[j][i] = coefficients[i][j];
      }
    }
    return new Correlation(pairs, coefficients);
  }

  private double coefficient(int pair, boolean withItself) {
    if (!hasSpread(squaresX[pair]) || !hasSpread(squaresY[pair])) {
      return Double.NaN;
    }
    if (withItself) {
      return 1;
    }
    // One root after the other: the product of the squares need not fit a double.
    double r = products[pair] / Math.sqrt(squaresX[pair]) / Math.sqrt(squaresY[pair]);
    return Math.min(Math.max(r, -1), 1);
  }

  private static boolean hasSpread(double squares) {
    return squares > 0 && Double.isFinite(squares);
  }
}
