package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.detect.DetectorSize;
import io.tidewatch.analytics.series.DeviceSeries;
import io.tidewatch.analytics.series.EndpointSeries;
import io.tidewatch.analytics.series.SeriesMonitor;
import io.tidewatch.analytics.series.SeriesRules;
import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What detectors of single metrics cost, as a table for people. */
final class DetectorCosts {
  /** For windows whose length is not known: three weeks of such rows are all that is ever kept. */
  private static final Duration MOST_KEPT = Duration.ofMinutes(5);

  private static final double MS_PER_SECOND = 1000;

  private DetectorCosts() {}

  /**
   * A row for each telemetry model that has metrics, one for endpoints, and what a subtask keeps at
   * most; names first. Empty where nothing is scored by itself.
   *
   * @param keys how many devices of each model there are, and how many endpoints
   */
  static List<List<String>> table(
      Collection<TelemetryModel> models,
      DeviceSeries devices,
      EndpointSeries endpoints,
      SeriesRules rules,
      long keys) {
    List<List<String>> rows = new ArrayList<>();
    for (TelemetryModel model : models) {
      int metrics = devices.metrics(model.name()).size();
      if (metrics > 0) {
        rows.add(row(model.name(), metrics, spacing(model.window()), keys));
      }
    }
    if (!endpoints.metrics().isEmpty()) {
      rows.add(row("endpoint", endpoints.metrics().size(), null, keys));
    }
    if (!rows.isEmpty()) {
      rows.add(0, header(keys));
      long ready = Math.min(rules.cachedDetectors(), 2L * rules.maxSeries());
      rows.add(
          List.of(
              "at most",
              String.format(Locale.ROOT, "%,d", rules.maxSeries()),
              "",
              HeapBytes.text((double) ready * heap(null)),
              ""));
    }
    return rows;
  }

  private static List<String> header(long keys) {
    return List.of(
        "detectors",
        "metrics",
        "heap a key",
        String.format(Locale.ROOT, "of %,d keys", keys),
        "rows/s a key");
  }

  private static List<String> row(String kind, int metrics, @Nullable Duration spacing, long keys) {
    double heap = (double) metrics * heap(spacing);
    return List.of(
        kind,
        Integer.toString(metrics),
        HeapBytes.text(heap),
        HeapBytes.text(heap * keys),
        spacing == null
            ? ""
            : String.format(Locale.ROOT, "%.4g", metrics * MS_PER_SECOND / spacing.toMillis()));
  }

  private static long heap(@Nullable Duration spacing) {
    return DetectorSize.heapBytesAtMost(
            DetectorSettings.shipped(), spacing == null ? MOST_KEPT : spacing)
        + SeriesMonitor.DAY_BYTES;
  }

  private static @Nullable Duration spacing(ModelWindow window) {
    return window instanceof PointWindowSpec ? null : window.panes().slide();
  }
}
