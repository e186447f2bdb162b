package io.tidewatch.benchmarks.detection;

/** Lets a score through only where it is above all scores of the rows just before. */
final class NewMaximum {
  private final double[] last;
  private int rows;

  /**
   * @param rows how many rows before are looked at
   */
  NewMaximum(int rows) {
    this.last = new double[rows];
  }

  /** The score, or 0 where one of the last rows had as much. */
  double next(double score) {
    double greatest = 0;
    for (double before : last) {
      greatest = Math.max(greatest, before);
    }
    last[rows++ % last.length] = score;
    return score > greatest ? score : 0;
  }
}
