package io.tidewatch.analytics.forest;

import java.io.DataOutput;
import java.io.IOException;

/** The trees of a forest with their cuts. */
sealed interface Trees permits AxisTrees, ObliqueTrees {

  /** What is left of a node, what is right of it, and a value is missing. */
  enum Side {
    LEFT,
    RIGHT,
    UNKNOWN
  }

  TreeShape shape();

  /**
   * Writes a row as {@link #addLengths} wants it.
   *
   * @param row without missing values
   */
  void encode(double[] row, long[] into, int at);

  /**
   * Adds to each sum the path lengths of a row, tree after tree, so that the sum of a row does not
   * depend on the rows beside it.
   *
   * @param encoded rows one after the other
   */
  void addLengths(long[] encoded, int rows, double[] sums);

  /** On which side of a node a row lies. */
  Side side(int node, double[] row);

  /**
   * Puts an amount down to the features that are cut at a node.
   *
   * @param row has a value for each of them
   */
  void blame(int node, double[] row, double amount, double[] features);

  /** Bytes of the cut at a node, as {@link TreesCodec} says. */
  void writeCut(int node, DataOutput out) throws IOException;
}
