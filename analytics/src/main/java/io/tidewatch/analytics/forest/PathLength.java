package io.tidewatch.analytics.forest;

/**
 * The average path length {@code c(n)} of a tree that was cut at random until each of {@code n}
 * rows stood alone: {@code 2·(H(n) − 1)} with the harmonic number {@code H}. That is {@code 2·H(n −
 * 1) − 2·(n − 1)/n} of Liu et al. (2008, equation 1; 2012, equation 1 with its cases 1 and 0 for
 * two rows and one), told without cases.
 *
 * <p>Exact up to rounding: implementations that take {@code ln + 0.5772} for {@code H} are off by a
 * quarter at three rows, and most leaves have few.
 */
public final class PathLength {
  private static final double EULER = 0.5772156649015329;
  private static final double[] FEW = new double[1025];

  static {
    double harmonic = 0;
    for (int n = 1; n < FEW.length; n++) {
      harmonic += 1.0 / n;
      FEW[n] = 2 * (harmonic - 1);
    }
    FEW[1] = 0;
  }

  private PathLength() {}

  /** Cuts to the end of a path, on average; 0 for one row and none. */
  public static double expected(int rows) {
    if (rows < FEW.length) {
      return FEW[rows];
    }
    // Euler–Maclaurin: the next term is below 1e-20
    double inverse = 1.0 / rows;
    double harmonic =
        StrictMath.log(rows)
            + EULER
            + inverse * (0.5 - inverse * (1 - inverse * inverse / 10) / 12);
    return 2 * (harmonic - 1);
  }
}
