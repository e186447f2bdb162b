package io.tidewatch.udfs.anomaly;

import io.tidewatch.analytics.series.AdmittedKey;
import io.tidewatch.analytics.series.AdmittedSeries;
import io.tidewatch.analytics.series.SeriesChoice;
import io.tidewatch.analytics.series.SeriesRow;
import io.tidewatch.analytics.series.SeriesRules;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes rows of series of what a window says: one for each metric that was chosen, as long as its
 * series has a place. Counter: {@code tidewatch.rows_over_limit_total}, in rows of series that have
 * none; gauge: {@code tidewatch.series}, those that were let in here.
 *
 * <p>It runs where the source does, so the limit is one a subtask, and nothing is sent of what is
 * above it. What one subtask has let in all know after a restart.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class SeriesRowsFunction<T> extends ProcessFunction<T, SeriesRow>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  /** State name; a promise, see CHANGELOG. */
  static final String ADMITTED = "admitted-series";

  private final SeriesChoice<T> choice;
  private final SeriesRules rules;
  private transient AdmittedSeries series;
  private transient ListState<AdmittedKey> admitted;
  private transient Counter overLimit;

  public SeriesRowsFunction(SeriesChoice<T> choice, SeriesRules rules) {
    this.choice = choice;
    this.rules = rules;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    series = new AdmittedSeries(rules);
    admitted =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(ADMITTED, TypeInformation.of(AdmittedKey.class)));
    for (AdmittedKey each : admitted.get()) {
      series.restore(each);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    admitted.update(series.all());
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("tidewatch");
    overLimit = metrics.counter("rows_over_limit_total");
    metrics.gauge("series", () -> series.size());
  }

  @Override
  public void processElement(T window, Context context, Collector<SeriesRow> out) {
    long watermarkMs = context.timerService().currentWatermark();
    choice.rowsOf(
        window,
        row -> {
          if (series.admit(row.key(), row.windowEndMs(), watermarkMs)) {
            out.collect(row);
          } else {
            overLimit.inc();
          }
        });
  }
}
