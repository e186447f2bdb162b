package io.tidewatch.analytics.forest;

/**
 * Trees as flat arrays, without their cuts: nodes of all trees one after the other, the children of
 * a node side by side.
 *
 * @param roots node of each tree where paths begin
 * @param right right child of a node, the left one lies before it; of a leaf the leaf itself
 * @param rows training rows that went through a node
 * @param lengths of a leaf the length of the path to it: its depth, and {@link PathLength#expected}
 *     of the rows that were not parted further
 * @param depth of the deepest leaf
 */
record TreeShape(int[] roots, int[] right, int[] rows, double[] lengths, int depth) {

  /**
   * @param leafRows of each leaf; those of the other nodes are filled in
   */
  static TreeShape of(int[] roots, int[] right, int[] leafRows) {
    int[] rows = leafRows.clone();
    // children come behind their parents
    for (int node = right.length - 1; node >= 0; node--) {
      if (right[node] != node) {
        rows[node] = rows[right[node] - 1] + rows[right[node]];
      }
    }
    int[] depths = new int[right.length];
    double[] lengths = new double[right.length];
    int deepest = 0;
    for (int node = 0; node < right.length; node++) {
      if (right[node] == node) {
        lengths[node] = depths[node] + PathLength.expected(rows[node]);
        deepest = Math.max(deepest, depths[node]);
      } else {
        depths[right[node]] = depths[node] + 1;
        depths[right[node] - 1] = depths[node] + 1;
      }
    }
    return new TreeShape(roots, right, rows, lengths, deepest);
  }

  boolean isLeaf(int node) {
    return right[node] == node;
  }

  int trees() {
    return roots.length;
  }
}
