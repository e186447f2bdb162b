package io.tidewatch.analytics.alert;

import io.tidewatch.analytics.alert.expr.Selector;
import io.tidewatch.analytics.alert.rule.AlertRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which job takes a rule: the one whose metrics it names. A rule over metrics of two jobs is taken
 * by none, for no job sees both.
 */
public final class JobChoice {
  private final Map<String, SeriesReader<?, ?>> jobs;

  /**
   * The jobs there are.
   *
   * @param jobs what the rules of a job may name, by name of the job
   */
  public JobChoice(Map<String, SeriesReader<?, ?>> jobs) {
    this.jobs = new LinkedHashMap<>(jobs);
  }

  /**
   * Name of the job that takes the rule.
   *
   * @throws IllegalArgumentException naming key, rule and value, when none does
   */
  public String jobOf(AlertRule rule) {
    List<String> mistakes = new ArrayList<>();
    for (Map.Entry<String, SeriesReader<?, ?>> job : jobs.entrySet()) {
      String mistake = job.getValue().mistake(rule);
      if (mistake == null) {
        return job.getKey();
      }
      if (knowsAll(job.getValue(), metrics(rule))) {
        mistakes.add(mistake);
      }
    }
    throw new IllegalArgumentException(mistakes.isEmpty() ? ofNone(rule) : mistakes.get(0));
  }

  private String ofNone(AlertRule rule) {
    List<String> known = new ArrayList<>();
    for (String metric : metrics(rule)) {
      String names =
          jobs.entrySet().stream()
              .filter(job -> job.getValue().knows(metric))
              .map(Map.Entry::getKey)
              .collect(Collectors.joining(" and "));
      if (names.isEmpty()) {
        return "expr: must name metrics of the jobs, was '" + metric + "'";
      }
      known.add(metric + " of " + names);
    }
    return "expr: must name metrics of one job, was " + String.join(", ", known);
  }

  private static boolean knowsAll(SeriesReader<?, ?> job, Set<String> metrics) {
    return metrics.stream().allMatch(job::knows);
  }

  private static Set<String> metrics(AlertRule rule) {
    Set<String> metrics = new LinkedHashSet<>(rule.condition().metrics());
    if (rule.clear() != null) {
      rule.clear().selectors().stream().map(Selector::metric).forEach(metrics::add);
    }
    return metrics;
  }
}
