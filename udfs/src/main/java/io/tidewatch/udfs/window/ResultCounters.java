package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.ResultCounter;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics that the results of windows are counted in, see {@link ResultCounter}. */
final class ResultCounters<R> {
  private final List<ResultCounter<R>> counters;
  private final List<Counter> metrics;

  ResultCounters(List<ResultCounter<R>> counters, MetricGroup group) {
    this.counters = counters;
    this.metrics = counters.stream().map(counter -> group.counter(counter.name())).toList();
  }

  /** Counts what a result tells of. */
  void count(R result) {
    for (int i = 0; i < metrics.size(); i++) {
      metrics.get(i).inc(counters.get(i).of().applyAsLong(result));
    }
  }
}
