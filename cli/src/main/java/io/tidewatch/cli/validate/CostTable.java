package io.tidewatch.cli.validate;

import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.analytics.window.StateEstimate;
import io.tidewatch.jobs.config.SeriesCost;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.PointWindowSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What series cost, as a table for people. */
final class CostTable {
  private static final String GAP = "  ";

  private CostTable() {}

  /**
   * @param keys how many series there are of each kind
   * @return no line for no series
   */
  static List<String> lines(List<SeriesCost> series, long keys) {
    if (series.isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "series",
            "size / slide",
            "panes",
            "heap a key",
            "at worst",
            String.format(Locale.ROOT, "of %,d keys", keys),
            "at worst",
            "rows/s a key",
            "rows a day"));
    for (SeriesCost each : series) {
      rows.add(row(each, keys));
    }
    return aligned(rows, 2);
  }

  private static List<String> row(SeriesCost series, long keys) {
    StateEstimate estimate = series.estimate();
    HeapBytes heap = estimate.heap();
    boolean byPoints = series.window() instanceof PointWindowSpec;
    return List.of(
        series.kind(),
        text(series.window()),
        estimate.panes() + "–" + estimate.panesAtWorst(),
        HeapBytes.text((double) heap.typical()),
        HeapBytes.text((double) heap.worst()),
        HeapBytes.text((double) heap.typical() * keys),
        HeapBytes.text((double) heap.worst() * keys),
        byPoints ? "" : String.format(Locale.ROOT, "%.4g", estimate.resultsPerSecond()),
        byPoints ? "" : String.format(Locale.ROOT, "%,d", estimate.rowsPerDay(keys)));
  }

  private static String text(ModelWindow window) {
    return window instanceof PointWindowSpec points
        ? "%d / %d points".formatted(points.size(), points.slide())
        : text(window.panes().size()) + " / " + text(window.panes().slide());
  }

  private static String text(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  /**
   * Columns as wide as what is in them.
   *
   * @param words how many of the first columns are words; the others are numbers
   */
  static List<String> aligned(List<List<String>> rows, int words) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        String padding = " ".repeat(width - row.get(column).length());
        line.append(GAP)
            .append(column < words ? row.get(column) + padding : padding + row.get(column));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
