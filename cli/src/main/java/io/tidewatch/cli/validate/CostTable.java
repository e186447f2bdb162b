package io.tidewatch.cli.validate;

import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.analytics.window.StateEstimate;
import io.tidewatch.jobs.config.SeriesCost;
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
   */
  static List<String> lines(List<SeriesCost> series, long keys) {
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
    return aligned(rows);
  }

  private static List<String> row(SeriesCost series, long keys) {
    StateEstimate estimate = series.estimate();
    HeapBytes heap = estimate.heap();
    return List.of(
        series.kind(),
        text(estimate.window().size()) + " / " + text(estimate.window().slide()),
        estimate.panes() + "–" + estimate.panesAtWorst(),
        HeapBytes.text((double) heap.typical()),
        HeapBytes.text((double) heap.worst()),
        HeapBytes.text((double) heap.typical() * keys),
        HeapBytes.text((double) heap.worst() * keys),
        String.format(Locale.ROOT, "%.4g", estimate.resultsPerSecond()),
        String.format(Locale.ROOT, "%,d", estimate.rowsPerDay(keys)));
  }

  private static String text(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  /** Two columns of words, then numbers. */
  private static List<String> aligned(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        String padding = " ".repeat(width - row.get(column).length());
        line.append(GAP).append(column < 2 ? row.get(column) + padding : padding + row.get(column));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
