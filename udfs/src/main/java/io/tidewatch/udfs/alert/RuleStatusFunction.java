package io.tidewatch.udfs.alert;

import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds up what the subtasks report of each rule, and tells it when it has changed. Runs as one
 * subtask. Without state: after a restart all subtasks report again.
 *
 * <p>A rule has never matched when no subtask that has reported had a series for it. Reports of
 * another version than the newest are left out of the sum.
 */
public final class RuleStatusFunction extends ProcessFunction<RuleReport, RuleStatus> {
  private static final long serialVersionUID = 1;

  private final String job;
  private transient Map<String, Map<Integer, RuleReport>> reports;
  private transient Map<String, RuleStatus> told;

  /**
   * @param job name of the job
   */
  @SuppressWarnings("NullAway.Init") // transient fields are set by open()
  public RuleStatusFunction(String job) {
    this.job = job;
  }

  @Override
  public void open(OpenContext context) {
    reports = new HashMap<>();
    told = new HashMap<>();
  }

  @Override
  public void processElement(RuleReport report, Context context, Collector<RuleStatus> out) {
    Map<Integer, RuleReport> ofRule =
        reports.computeIfAbsent(report.rule(), rule -> new TreeMap<>());
    ofRule.put(report.subtask(), report);
    RuleStatus status = status(report, ofRule);
    if (!status.equals(told.put(report.rule(), status))) {
      out.collect(status);
    }
    if (report.state() == RuleState.REMOVED) {
      reports.remove(report.rule());
    }
  }

  private RuleStatus status(RuleReport newest, Map<Integer, RuleReport> ofRule) {
    String version = newest.version();
    long matched =
        version == null
            ? 0
            : ofRule.values().stream()
                .filter(report -> version.equals(report.version()))
                .mapToLong(RuleReport::matchedSeries)
                .sum();
    boolean matches = newest.state() == RuleState.NEVER_MATCHED && matched > 0;
    return new RuleStatus(
        job,
        newest.rule(),
        matches ? RuleState.ACCEPTED : newest.state(),
        version,
        matches ? null : newest.reason(),
        matched,
        newest.definition());
  }
}
