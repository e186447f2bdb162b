package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.ClassTally;
import io.tidewatch.analytics.dataset.Selection.Verdict;
import io.tidewatch.jobs.dataset.parquet.RowFileReader;
import io.tidewatch.schemas.dataset.ClassCounts;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.PointWindowSpec;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is to be known of all windows before they are split, and whether anybody can train on them.
 * Memory: 8 bytes a window, its end.
 */
final class Survey implements RowFileReader.Rows {
  private final SortedSet<String> devices = new TreeSet<>();
  private final ClassTally classes = new ClassTally();
  private final long[] endsMs;
  private int rows;
  private long firstStartMs = Long.MAX_VALUE;
  private long longestMs;

  private Survey(int rows) {
    this.endsMs = new long[rows];
  }

  /** Looks at all windows once; the values of their features are not read. */
  static Survey of(TrainingRows rows) throws IOException {
    Survey survey = new Survey(Math.toIntExact(rows.count()));
    rows.forEachWindow(survey);
    return survey;
  }

  @Override
  public void accept(LabelledVector row) {
    FeatureVector window = row.vector();
    devices.add(window.deviceId());
    classes.add(row.label());
    endsMs[rows++] = window.windowEndMs();
    firstStartMs = Math.min(firstStartMs, window.windowStartMs());
    longestMs = Math.max(longestMs, window.windowEndMs() - window.windowStartMs());
  }

  /** Devices that have a window, in their order. */
  List<String> devices() {
    return List.copyOf(devices);
  }

  /** Windows by label. */
  ClassCounts classes() {
    return classes.counts();
  }

  /** Ends of the windows, ascending. */
  long[] endsMs() {
    return endsMs;
  }

  /** Start of the first window; there must be one. */
  long firstStartMs() {
    return firstStartMs;
  }

  /** End of the last window; there must be one. */
  long lastEndMs() {
    return endsMs[rows - 1];
  }

  /** How long the longest window is; 0 without any. */
  long longestMs() {
    return longestMs;
  }

  /**
   * Refuses what nobody can train on.
   *
   * @throws io.tidewatch.jobs.config.ConfigException naming key and value
   */
  void requireUsable(DatasetFiles files, ReadCounts counts) {
    requireWindows(files, counts);
    if (files.labelled()) {
      requireClasses(files);
    }
  }

  /**
   * Refuses a range without a window, and a device without one.
   *
   * @throws io.tidewatch.jobs.config.ConfigException naming key and value
   */
  void requireWindows(DatasetFiles files, ReadCounts counts) {
    if (counts.of(Verdict.SELECTED) == 0) {
      throw files.refused(
          "from, to: must hold readings of the model %s and the devices, held none (%s)"
              .formatted(files.model().name(), counts));
    }
    if (rows == 0) {
      throw files.refused(
          files.model().window() instanceof PointWindowSpec points
              ? "window.size: must be ≤ the points of a device, was %d points (%s)"
                  .formatted(points.size(), counts)
              : "from, to: must hold a whole window of the size %s, held none (%s)"
                  .formatted(files.model().window().panes().size(), counts));
    }
    for (String device : files.selection().devices()) {
      if (!devices.contains(device)) {
        throw files.refused(
            "devices: must have a whole window in the range each, had none '" + device + "'");
      }
    }
  }

  private void requireClasses(DatasetFiles files) {
    Set<String> labels = classes().counts().keySet();
    String field = files.config().label().field();
    if (labels.isEmpty()) {
      throw files.refused(
          "label.field: must occur in the range, never did, was '%s' (%d windows)"
              .formatted(field, rows));
    }
    if (labels.size() == 1) {
      throw files.refused(
          "label.field: must have at least two classes, '%s' had only %s in %d windows"
              .formatted(field, labels, rows));
    }
  }
}
