package io.tidewatch.analytics.forest;

/**
 * Which rows each tree is grown from: drawn without replacement, by a Fisher–Yates shuffle that
 * stops when it has enough. Liu et al. 2008, algorithm 1, line 4.
 */
public final class TreeSamples {
  /** So that the chance of a sample is not that of the cuts. */
  private static final long SALT = 0x7469646577617463L;

  private final long seed;
  private final int[] order;
  private final int[] drawn;

  public TreeSamples(TrainingRows rows, ForestSettings settings) {
    this.seed = settings.seed() ^ SALT;
    this.order = new int[rows.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    this.drawn = new int[Math.min(rows.count(), settings.sampleRows())];
  }

  /** Rows of each tree: those asked for, or all where there are fewer. */
  public int size() {
    return drawn.length;
  }

  /**
   * Cuts to the end of the longest path: {@code ceil(log2(rows))}, about the depth of an average
   * one. Who is not alone by then is not anomalous (Liu et al. 2008, section 2).
   */
  public int maxDepth() {
    return ForestSettings.maxDepth(drawn.length);
  }

  /**
   * Numbers of rows; the same whichever trees were asked for before.
   *
   * @param tree from 0
   */
  public int[] of(int tree) {
    int[] sample = new int[drawn.length];
    TreeRandom random = new TreeRandom(seed, tree);
    for (int i = 0; i < sample.length; i++) {
      drawn[i] = i + random.below(order.length - i);
      swap(i, drawn[i]);
      sample[i] = order[i];
    }
    // undone, so that the next tree starts from the same order
    for (int i = sample.length - 1; i >= 0; i--) {
      swap(i, drawn[i]);
    }
    return sample;
  }

  private void swap(int a, int b) {
    int row = order[a];
    order[a] = order[b];
    order[b] = row;
  }
}
