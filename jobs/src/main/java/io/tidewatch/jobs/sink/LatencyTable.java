package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.RowTable;
import io.tidewatch.schemas.derived.LatencyWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Latency windows with the columns of {@code api_latency_windows}. */
public final class LatencyTable implements RowTable<LatencyWindow> {
  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return "api_latency_windows";
  }

  @Override
  public @Nullable String model(LatencyWindow row) {
    return null;
  }

  @Override
  public List<Column<LatencyWindow>> columns(@Nullable String model) {
    return List.of(
        Column.text("service", LatencyWindow::service),
        Column.text("endpoint", LatencyWindow::endpoint),
        Column.text("method", LatencyWindow::method),
        Column.time("window_start", LatencyWindow::windowStartMs),
        Column.time("window_end", LatencyWindow::windowEndMs),
        Column.whole("window_ms", row -> row.windowEndMs() - row.windowStartMs()),
        Column.whole("count", LatencyWindow::count),
        Column.number("rate_per_second", LatencyWindow::ratePerSecond),
        Column.whole("error_count", LatencyWindow::errorCount),
        Column.number("error_rate", LatencyWindow::errorRatePercent),
        Column.number("mean_ms", LatencyWindow::meanMs),
        Column.number("p50_ms", LatencyWindow::p50Ms),
        Column.number("p90_ms", LatencyWindow::p90Ms),
        Column.number("p95_ms", LatencyWindow::p95Ms),
        Column.number("p99_ms", LatencyWindow::p99Ms),
        Column.number("max_ms", LatencyWindow::maxMs),
        Column.<LatencyWindow>bytes("sketch", row -> row.sketch().length == 0 ? null : row.sketch())
            .orMissing(),
        Column.small("revision", LatencyWindow::revision));
  }

  @Override
  public long eventTimeMs(LatencyWindow row) {
    return row.windowEndMs();
  }
}
