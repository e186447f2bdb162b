package io.tidewatch.schemas.dataset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pearson's correlation of each feature with each, over the rows in which both have a value; as
 * many rows and columns as features, in their order, and symmetric.
 *
 * @param pairs rows in which both have a value
 * @param coefficients −1 to 1; {@code NaN} below two pairs and where one of both is constant
 */
public record Correlation(long[][] pairs, double[][] coefficients) {

  public Correlation {
    requireSquare("pairs", Arrays.stream(pairs).mapToInt(row -> row.length).toArray());
    requireSquare("coefficients", Arrays.stream(coefficients).mapToInt(r -> r.length).toArray());
    if (pairs.length != coefficients.length) {
      throw new IllegalArgumentException(
          "coefficients: must be of %d features as pairs are, were of %d"
              .formatted(pairs.length, coefficients.length));
    }
  }

  /** How many features. */
  public int size() {
    return pairs.length;
  }

  private static void requireSquare(String key, int[] rowLengths) {
    for (int length : rowLengths) {
      if (length != rowLengths.length) {
        throw new IllegalArgumentException(
            "%s: must be %d rows of as many values, had a row of %d"
                .formatted(key, rowLengths.length, length));
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Correlation that
        && Arrays.deepEquals(pairs, that.pairs)
        && Arrays.deepEquals(coefficients, that.coefficients);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.deepHashCode(pairs) + Arrays.deepHashCode(coefficients);
  }

  @Override
  public String toString() {
    return "Correlation[of %d features]".formatted(pairs.length);
  }
}
