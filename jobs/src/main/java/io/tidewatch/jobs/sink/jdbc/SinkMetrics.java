package io.tidewatch.jobs.sink.jdbc;

import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What one subtask of a sink tells of itself, in the group {@code tidewatch}. */
final class SinkMetrics {
  private final Pauses pauses;
  private final Counter rows;
  private final Counter batches;
  private final Counter retries;
  private final Counter refused;
  private volatile long outagesNanos;
  private volatile boolean out;
  private volatile long outSinceNanos;
  private volatile double lagSeconds;
  private volatile int ailments;

  SinkMetrics(MetricGroup operator, Pauses pauses) {
    this.pauses = pauses;
    MetricGroup group = operator.addGroup("tidewatch");
    rows = group.counter("sink_rows_total");
    batches = group.counter("sink_batches_total");
    retries = group.counter("sink_retries_total");
    refused = group.counter("sink_refused_total");
    group.gauge("sink_outage_seconds_total", (Gauge<Double>) this::outageSeconds);
    group.gauge("sink_lag_seconds", (Gauge<Double>) () -> lagSeconds);
    group.gauge("sink_ailments", (Gauge<Integer>) () -> ailments);
  }

  /**
   * @param newestEventTimeMs of the rows, milliseconds since the epoch
   */
  void stored(int count, long newestEventTimeMs) {
    rows.inc(count);
    batches.inc();
    if (newestEventTimeMs != Long.MIN_VALUE) {
      lagSeconds = (pauses.currentTimeMs() - newestEventTimeMs) / 1000.0;
    }
  }

  void ailments(int count) {
    ailments = count;
  }

  void refused() {
    refused.inc();
  }

  void retried() {
    retries.inc();
  }

  void outageBegins(long atNanos) {
    outSinceNanos = atNanos;
    out = true;
  }

  void outageEnds(long atNanos) {
    long before = outagesNanos;
    outagesNanos = before + atNanos - outSinceNanos; // one thread writes, another reads
    out = false;
  }

  /** All outages since the start of the job, the present one as far as it goes. */
  private double outageSeconds() {
    long nanos = outagesNanos + (out ? pauses.nanoTime() - outSinceNanos : 0);
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
