package io.tidewatch.analytics.forest;

import java.io.DataOutput;
import java.io.IOException;

/** The trees of a forest with their cuts. */
sealed interface Trees permits AxisTrees, ObliqueTrees {

  /** Where a row goes at a node: unknown where it lacks a value that is cut. */
  enum Side {
    LEFT,
    RIGHT,
    UNKNOWN
  }

  TreeShape shape();

  /**
   * Writes a row as {@link #lengths} wants it.
   *
   * @param row without missing values
   * @param into one number a feature
   */
  void encode(double[] row, long[] into);

  /** The sum of the path lengths of an encoded row, added up tree after tree. */
  double lengths(long[] encoded);

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
