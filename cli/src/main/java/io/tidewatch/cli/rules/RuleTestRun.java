package io.tidewatch.cli.rules;

import io.tidewatch.analytics.alert.AlertEvents;
import io.tidewatch.analytics.alert.SampleOrigin;
import io.tidewatch.analytics.alert.life.AlertState;
import io.tidewatch.analytics.alert.life.SeriesAlerts;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.jobs.config.RuleFile;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One test while it runs: values of the same labels at the same time are one record, and each
 * record goes through the state machine of the jobs.
 */
final class RuleTestRun {
  /** The metric that says how many measurements are behind a record, where it is given. */
  private static final List<String> SAMPLES = List.of("count", "records");

  private final RuleTest test;
  private final SeriesAlerts alerts;
  private final Map<Map<String, String>, TreeMap<Long, Map<String, Double>>> records =
      new HashMap<>();
  private final Map<Map<String, String>, Map<String, AlertState>> states = new HashMap<>();
  private final Map<String, AlertEvent> open = new TreeMap<>();

  RuleTestRun(RuleTest test, RuleFile rules) {
    this.test = test;
    this.alerts = new SeriesAlerts(rules.rules(), rules.mutes());
    for (RuleTest.Series series : test.series()) {
      TreeMap<Long, Map<String, Double>> ofLabels =
          records.computeIfAbsent(series.labels(), labels -> new TreeMap<>());
      for (int i = 0; i < series.values().size(); i++) {
        if (!Double.isNaN(series.values().get(i))) {
          ofLabels
              .computeIfAbsent(test.startMs() + i * test.intervalMs(), time -> new HashMap<>())
              .put(series.metric(), series.values().get(i));
        }
      }
      states.put(series.labels(), new HashMap<>());
    }
  }

  /** What is not as expected, one text each; none when all is. */
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    List<RuleTest.Expectation> inTime = new ArrayList<>(test.expectations());
    inTime.sort((a, b) -> Long.compare(a.evalTimeMs(), b.evalTimeMs()));
    for (RuleTest.Expectation expectation : inTime) {
      advance(test.startMs() + expectation.evalTimeMs());
      String failure = failure(expectation);
      if (failure != null) {
        failures.add(failure);
      }
    }
    return failures;
  }

  private void advance(long toMs) {
    records.forEach(
        (labels, ofLabels) -> {
          Map<String, AlertState> ofSeries = states.computeIfAbsent(labels, key -> new HashMap<>());
          Map<Long, Map<String, Double>> due = ofLabels.headMap(toMs, true);
          due.forEach(
              (timeMs, metrics) ->
                  note(
                      labels,
                      alerts.sample(
                          labels,
                          ofSeries,
                          timeMs,
                          samples(metrics),
                          metric -> metrics.getOrDefault(metric, Double.NaN),
                          rule -> {})));
          due.clear();
          note(labels, alerts.pass(labels, ofSeries, toMs, false));
        });
  }

  private static long samples(Map<String, Double> metrics) {
    for (String metric : SAMPLES) {
      Double count = metrics.get(metric);
      if (count != null) {
        return Math.round(count);
      }
    }
    return Long.MAX_VALUE;
  }

  private void note(Map<String, String> labels, List<SeriesAlerts.Notice> notices) {
    for (SeriesAlerts.Notice notice : notices) {
      AlertEvent event =
          AlertEvents.of(notice.rule(), labels, notice.transition(), SampleOrigin.UNKNOWN);
      if (event.status() == AlertStatus.RESOLVED) {
        open.remove(event.fingerprint());
      } else {
        open.put(event.fingerprint(), event);
      }
    }
  }

  private @Nullable String failure(RuleTest.Expectation expectation) {
    List<AlertEvent> got =
        open.values().stream()
            .filter(event -> event.rule().equals(expectation.alertname()))
            .toList();
    List<AlertEvent> left = new ArrayList<>(got);
    boolean all = got.size() == expectation.alerts().size();
    for (RuleTest.Expected expected : expectation.alerts()) {
      AlertEvent match =
          left.stream().filter(event -> isAs(event, expected)).findFirst().orElse(null);
      all &= match != null;
      left.remove(match);
    }
    return all ? null : described(expectation, got);
  }

  private static boolean isAs(AlertEvent event, RuleTest.Expected expected) {
    String status = expected.status();
    return labels(event).equals(expected.labels())
        && event.annotations().equals(expected.annotations())
        && (status == null || status.equals(AlertEventCodec.code(event.status())));
  }

  private static Map<String, String> labels(AlertEvent event) {
    Map<String, String> labels = new TreeMap<>(event.labels());
    labels.remove(AlertRule.NAME_LABEL);
    return labels;
  }

  private String described(RuleTest.Expectation expectation, List<AlertEvent> got) {
    StringBuilder text = new StringBuilder();
    text.append(
        "    %s: alertname: %s, time: %s\n"
            .formatted(test.name(), expectation.alertname(), expectation.evalTime()));
    text.append("        exp:\n");
    for (RuleTest.Expected expected : expectation.alerts()) {
      String status = expected.status();
      line(text, expected.labels(), expected.annotations(), status == null ? "" : status);
    }
    text.append("        got:\n");
    for (AlertEvent event : got) {
      line(text, labels(event), event.annotations(), AlertEventCodec.code(event.status()));
    }
    return text.toString();
  }

  private static void line(
      StringBuilder text, Map<String, String> labels, Map<String, String> notes, String status) {
    text.append("            labels: ").append(new TreeMap<>(labels));
    text.append(" annotations: ").append(new TreeMap<>(notes));
    text.append(status.isEmpty() ? "" : " status: " + status).append('\n');
  }
}
