package io.tidewatch.analytics.forest;

/**
 * How a forest is grown. Liu et al. 2008, section 4.3: path lengths settle well before 100 trees,
 * and 256 rows a tree are enough for a wide range of data; more rows let anomalies hide behind each
 * other.
 *
 * @param trees 1 to {@value #MAX_TREES}
 * @param sampleRows rows each tree is grown from, drawn without replacement, 2 to {@value
 *     #MAX_SAMPLE_ROWS}; where there are fewer rows, all of them
 * @param extensionLevel of how many features beyond the first a cut is made (Hariri et al.): 0 is
 *     the forest of Liu et al.; must be below the number of features
 * @param seed the same seed, settings and rows give the same forest, bit for bit
 */
public record ForestSettings(int trees, int sampleRows, int extensionLevel, long seed) {
  /** Ten times as many as are of use; what a damaged artifact may ask for. */
  public static final int MAX_TREES = 1_000;

  /** Nodes of all trees, 32 bytes each. */
  static final int MAX_NODES = 1 << 20;

  /** 16 levels of a tree. */
  public static final int MAX_SAMPLE_ROWS = 1 << 16;

  /** Refuses what no forest is grown from. */
  public ForestSettings {
    require("forest.trees", trees, 1, MAX_TREES);
    require("forest.sample_rows", sampleRows, 2, MAX_SAMPLE_ROWS);
    if ((long) trees * sampleRows > MAX_NODES / 2) {
      throw new IllegalArgumentException(
          "forest.trees: must be at most %d / forest.sample_rows (%d), was %d"
              .formatted(MAX_NODES / 2, sampleRows, trees));
    }
    require("forest.extension_level", extensionLevel, 0, TrainingRows.MAX_FEATURES - 1);
  }

  /** 100 trees of 256 rows, cuts of one feature. */
  public static ForestSettings ofPaper(long seed) {
    return new ForestSettings(100, 256, 0, seed);
  }

  /**
   * Below which depth no tree is cut: {@code ceil(log2(rows))}, about the average depth of a tree.
   * Who is still not alone there is not anomalous (Liu et al. 2008, section 2).
   *
   * @param rows of a tree, ≥ 1
   */
  static int maxDepth(int rows) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(rows - 1);
  }

  private static void require(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: must be %d to %d, was %d".formatted(key, least, most, value));
    }
  }
}
