package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.Selection.Verdict;
import io.tidewatch.jobs.dataset.parquet.RowFileReader;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.model.PointWindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rows of a data set, by end of window, then device: however many subtasks made them. */
final class TrainingRows {
  private static final Comparator<LabelledVector> ORDER =
      Comparator.comparingLong((LabelledVector row) -> row.vector().windowEndMs())
          .thenComparing(row -> row.vector().deviceId())
          .thenComparingLong(row -> row.vector().windowStartMs());

  private TrainingRows() {}

  /** Reads the staged rows. */
  static List<LabelledVector> read(Path staged, List<String> features) throws IOException {
    List<LabelledVector> rows = new ArrayList<>();
    for (Path file : files(staged)) {
      RowFileReader.read(file, features, rows::add);
    }
    rows.sort(ORDER);
    return rows;
  }

  /** How many rows are staged; reads none of them. */
  static long count(Path staged) throws IOException {
    long rows = 0;
    for (Path file : files(staged)) {
      rows += RowFileReader.count(file);
    }
    return rows;
  }

  private static List<Path> files(Path staged) throws IOException {
    try (Stream<Path> files = Files.list(staged)) {
      return files.filter(file -> file.toString().endsWith(StagedRows.EXTENSION)).sorted().toList();
    }
  }

  /**
   * Refuses what nobody can train on.
   *
   * @throws io.tidewatch.jobs.config.ConfigException naming key and value
   */
  static void requireUsable(List<LabelledVector> rows, DatasetFiles files, ReadCounts counts) {
    requireWindows(rows, files, counts);
    if (files.labelled()) {
      requireClasses(rows, files);
    }
  }

  /**
   * Refuses a range without a window, and a device without one.
   *
   * @throws io.tidewatch.jobs.config.ConfigException naming key and value
   */
  static void requireWindows(List<LabelledVector> rows, DatasetFiles files, ReadCounts counts) {
    if (counts.of(Verdict.SELECTED) == 0) {
      throw files.refused(
          "from, to: must hold readings of the model %s and the devices, held none (%s)"
              .formatted(files.model().name(), counts));
    }
    if (rows.isEmpty()) {
      throw files.refused(
          files.model().window() instanceof PointWindowSpec points
              ? "window.size: must be ≤ the points of a device, was %d points (%s)"
                  .formatted(points.size(), counts)
              : "from, to: must hold a whole window of the size %s, held none (%s)"
                  .formatted(files.model().window().panes().size(), counts));
    }
    Set<String> found =
        rows.stream()
            .map(row -> row.vector().deviceId())
            .collect(Collectors.toCollection(TreeSet::new));
    for (String device : files.selection().devices()) {
      if (!found.contains(device)) {
        throw files.refused(
            "devices: must have a whole window in the range each, had none '" + device + "'");
      }
    }
  }

  private static void requireClasses(List<LabelledVector> rows, DatasetFiles files) {
    Set<String> classes = new TreeSet<>();
    for (LabelledVector row : rows) {
      if (row.label() != null) {
        classes.add(row.label());
      }
    }
    String field = files.config().label().field();
    if (classes.isEmpty()) {
      throw files.refused(
          "label.field: must occur in the range, never did, was '%s' (%d windows)"
              .formatted(field, rows.size()));
    }
    if (classes.size() == 1) {
      throw files.refused(
          "label.field: must have at least two classes, '%s' had only %s in %d windows"
              .formatted(field, classes, rows.size()));
    }
  }
}
