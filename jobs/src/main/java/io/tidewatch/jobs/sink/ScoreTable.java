package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.columns.RowTable;
import io.tidewatch.schemas.codec.AnomalyScoreEncoder;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.Suppression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anomaly scores with the columns of {@code anomaly_scores}. */
public final class ScoreTable implements RowTable<AnomalyScore> {
  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return "anomaly_scores";
  }

  @Override
  public String model(AnomalyScore row) {
    return row.model();
  }

  @Override
  public List<Column<AnomalyScore>> columns(@Nullable String model) {
    return List.of(
        Column.text("entity", AnomalyScore::entity),
        Column.text("metric", AnomalyScore::metric),
        Column.time("window_start", AnomalyScore::windowStartMs),
        Column.time("window_end", AnomalyScore::windowEndMs),
        Column.whole("window_ms", row -> row.windowEndMs() - row.windowStartMs()),
        Column.number("score", AnomalyScore::score),
        Column.number("threshold", AnomalyScore::threshold),
        Column.flag("is_anomaly", AnomalyScore::anomaly),
        Column.<AnomalyScore>text("suppressed", ScoreTable::suppressed).orMissing(),
        Column.text("severity", row -> AnomalyScoreEncoder.code(row.severity())),
        Column.number("expected", AnomalyScore::expected),
        Column.number("lower", AnomalyScore::lower),
        Column.number("upper", AnomalyScore::upper),
        Column.json("attribution", row -> JsonColumn.ofNumbers(row.attribution())),
        Column.text("state", row -> AnomalyScoreEncoder.code(row.status().state())),
        Column.<AnomalyScore>text("model_version", row -> row.status().version()).orMissing(),
        Column.whole("rows", row -> row.status().rows()),
        Column.whole("rows_needed", row -> row.status().rowsNeeded()),
        Column.flag("imputed", AnomalyScore::imputed),
        Column.whole("day_rows", row -> row.context().rows()),
        Column.number("day_mean", row -> row.context().mean()),
        Column.number("day_std", row -> row.context().std()),
        Column.number("day_p95", row -> row.context().p95()),
        Column.number("day_p99", row -> row.context().p99()),
        Column.number("day_percentile", row -> row.context().percentile()),
        Column.small("revision", AnomalyScore::revision));
  }

  private static @Nullable String suppressed(AnomalyScore row) {
    Suppression suppressed = row.suppressed();
    return suppressed == null ? null : AnomalyScoreEncoder.code(suppressed);
  }

  @Override
  public long eventTimeMs(AnomalyScore row) {
    return row.windowEndMs();
  }
}
