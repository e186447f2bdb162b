package io.tidewatch.udfs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** The counters and gauges that a function registers, by the name a reporter sees them under. */
public final class RecordedCounters {
  private static final String OPERATOR = "taskmanager.job.task.operator.";

  private final Map<String, Counter> byName = new ConcurrentHashMap<>();
  private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();

  /** Metrics of a task that are recorded here. */
  public TaskMetricGroup taskMetrics() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder().setRegisterConsumer(this::record).build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
  }

  private void record(Metric metric, String name, AbstractMetricGroup<?> group) {
    String scope = group.getLogicalScope(text -> text, '.') + ".";
    if (metric instanceof Counter counter && scope.startsWith(OPERATOR)) {
      String reason = group.getAllVariables().get("<reason>");
      byName.put(
          scope.substring(OPERATOR.length()) + name + (reason == null ? "" : "{" + reason + "}"),
          counter);
    } else if (metric instanceof Gauge<?> gauge && scope.startsWith(OPERATOR)) {
      gauges.put(scope.substring(OPERATOR.length()) + name, gauge);
    }
  }

  Object gauge(String name) {
    Gauge<?> gauge = gauges.get(name);
    if (gauge == null) {
      throw new AssertionError("no gauge " + name + ", there are " + gauges.keySet());
    }
    return gauge.getValue();
  }

  public long get(String name) {
    Counter counter = byName.get(name);
    if (counter == null) {
      throw new AssertionError("no counter " + name + ", there are " + byName.keySet());
    }
    return counter.getCount();
  }
}
