package io.tidewatch.embedded;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's metrics, readable by code in the same JVM, added up over subtasks.
 *
 * <p>Counters and meters give the number of events counted since the job was submitted: what a
 * subtask had counted when it ended or failed stays in the sum, and the records it reads again
 * after a restart are counted again. A gauge gives its present value, or its last one when its
 * subtask has ended. Histograms, and gauges that are not numbers, are left out.
 *
 * <p>A name is the metric's own or any dotted end of its full name: {@code
 * group.addGroup("tidewatch").counter("rejected_total")} is found as {@code rejected_total} and as
 * {@code tidewatch.rejected_total}.
 */
public final class InProcessMetrics implements MetricReporter {
  private static final Logger LOG = LoggerFactory.getLogger(InProcessMetrics.class);
  private static final Map<String, Series> SERIES = new ConcurrentHashMap<>();

  /** The sum over all jobs since the last start of an {@link EmbeddedFlink}; 0 if nobody has it. */
  public static double sum(String name) {
    return sum(name, series -> true);
  }

  /** The sum over one job; 0 if nobody in it has such a metric. */
  public static double sum(JobID job, String name) {
    return sum(name, series -> series.belongsTo(job));
  }

  /** The sum over the subtasks of one operator of a job; 0 if it has no such metric. */
  public static double sum(JobID job, String operator, String name) {
    return sum(
        name,
        series ->
            series.belongsTo(job) && operator.equals(series.variables.get("<operator_name>")));
  }

  private static double sum(String name, Predicate<Series> which) {
    return SERIES.values().stream()
        .filter(series -> series.identifier.endsWith("." + name))
        .filter(which)
        .mapToDouble(Series::value)
        .sum();
  }

  /** Drops what ended jobs have left. */
  static void forgetEnded() {
    SERIES.values().removeIf(Series::hasEnded);
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {
    SERIES.values().forEach(series -> series.end(this));
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter || metric instanceof Meter || metric instanceof Gauge) {
      SERIES.computeIfAbsent(key(name, group), key -> new Series(name, group)).begin(metric, this);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    var series = SERIES.get(key(name, group));
    if (series != null) {
      series.end(metric);
    }
  }

  /** What stays the same when a subtask comes back, on whichever task manager. */
  private static String key(String name, MetricGroup group) {
    var variables = group.getAllVariables();
    String identifier = group.getMetricIdentifier(name);
    for (String passing : new String[] {"<tm_id>", "<task_attempt_id>"}) {
      identifier = identifier.replace(variables.getOrDefault(passing, "\0"), passing);
    }
    return String.join(
        "|",
        variables.getOrDefault("<job_id>", ""),
        variables.getOrDefault("<operator_id>", variables.getOrDefault("<task_id>", "")),
        variables.getOrDefault("<subtask_index>", ""),
        identifier);
  }

  /** One metric of one subtask, through all its attempts. */
  private static final class Series {
    private final String identifier;
    private final Map<String, String> variables;
    private double past;
    private @Nullable Metric live;
    private @Nullable InProcessMetrics owner;

    Series(String name, MetricGroup group) {
      this.identifier = group.getMetricIdentifier(name);
      this.variables = Map.copyOf(group.getAllVariables());
    }

    boolean belongsTo(JobID job) {
      return job.toString().equals(variables.get("<job_id>"));
    }

    synchronized boolean hasEnded() {
      return live == null;
    }

    synchronized void begin(Metric metric, InProcessMetrics reporter) {
      past = metric instanceof Gauge ? 0 : value();
      live = metric;
      owner = reporter;
    }

    synchronized void end(Metric metric) {
      if (live == metric) {
        past = value();
        live = null;
        owner = null;
      }
    }

    synchronized void end(InProcessMetrics reporter) {
      if (owner == reporter && live != null) {
        end(live);
      }
    }

    synchronized double value() {
      return past + (live == null ? 0 : read(live));
    }

    private static double read(Metric metric) {
      if (metric instanceof Counter counter) {
        return counter.getCount();
      }
      if (metric instanceof Meter meter) {
        return meter.getCount();
      }
      try {
        return ((Gauge<?>) metric).getValue() instanceof Number number ? number.doubleValue() : 0;
      } catch (RuntimeException e) {
        LOG.debug("{} cannot be read (any more)", metric, e);
        return 0;
      }
    }
  }
}
