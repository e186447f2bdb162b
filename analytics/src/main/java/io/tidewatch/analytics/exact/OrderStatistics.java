package io.tidewatch.analytics.exact;

/**
 * Quantiles of values that are all there and sorted.
 *
 * <p>A quantile lies on the straight line between the two values next to its rank {@code (n − 1) ·
 * q}, counted from 0: definition 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical
 * packages", The American Statistician 50(4), 1996, which NumPy, pandas, R and spreadsheets use
 * unless told otherwise. Exact where the rank is whole, else within two roundings, and never
 * outside of the two values.
 */
public final class OrderStatistics {

  private OrderStatistics() {}

  /**
   * @param ascending finite values, the first {@code n} of which count
   * @param n 1 or more
   * @param q 0 (the least) to 1 (the greatest)
   */
  public static double quantile(double[] ascending, int n, double q) {
    double rank = (n - 1) * q;
    int below = (int) rank;
    double share = rank - below;
    return share == 0 ? ascending[below] : between(ascending[below], ascending[below + 1], share);
  }

  /**
   * What lies on the straight line from one value to another; never outside of them.
   *
   * @param share 0 (at the first) to 1 (at the second)
   */
  public static double between(double from, double to, double share) {
    double distance = to - from;
    double value =
        Double.isInfinite(distance) ? from * (1 - share) + to * share : from + share * distance;
    return Math.min(Math.max(value, Math.min(from, to)), Math.max(from, to));
  }
}
