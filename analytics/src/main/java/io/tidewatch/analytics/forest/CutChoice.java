package io.tidewatch.analytics.forest;

/** How the rows of a node are cut. */
interface CutChoice {

  /**
   * Cuts the rows {@code from} to {@code to} of the sample, so that those of the left side come
   * first.
   *
   * @param varying features that may vary, the first so many
   * @return the left child; −1 where nothing varies
   */
  int cut(ForestBuilder builder, int node, int from, int to, int varying);

  /** Where the right side begins, after the last cut. */
  int middle();

  /** Features that may vary below the last cut. */
  int varying();
}
