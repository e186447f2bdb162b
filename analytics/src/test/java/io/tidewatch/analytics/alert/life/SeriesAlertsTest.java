package io.tidewatch.analytics.alert.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.expr.LabelMatcher;
import io.tidewatch.analytics.alert.expr.Truth;
import io.tidewatch.analytics.alert.expr.Verdict;
import io.tidewatch.analytics.alert.life.AlertInput.Sample;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Mute;
import io.tidewatch.analytics.alert.rule.Mutes;
import io.tidewatch.analytics.alert.rule.RuleDraft;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesAlertsTest {
  private static final Map<String, String> LABELS = Map.of("device_id", "w-1");
  private static final AlertRule HIGH = rule("High", "x > 5", "warning").build();
  private static final AlertRule WORST = rule("Worst", "x > 9", "critical").build();
  private static final AlertRule OTHER = rule("Other", "y > 5", "warning").build();

  private final Map<String, AlertState> states = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final List<String> read = new ArrayList<>();
  private final List<String> matched = new ArrayList<>();

  @Test
  void aWorseAlertHidesOthersAboutTheSameUntilItIsOver() {
    SeriesAlerts series = new SeriesAlerts(List.of(HIGH, WORST, OTHER), Mutes.NONE);
    sample(series, 1, 10, 10);
    sample(series, 2, 10, 10);
    sample(series, 3, 7, 0);
    sample(series, 4, 0, 0);
    assertThat(lines)
        .containsExactly(
            "Worst 1 FIRING",
            "High 1 SUPPRESSED quietly by hidden by Worst",
            "Other 1 FIRING",
            "Worst 3 RESOLVED",
            "High 3 FIRING",
            "Other 3 RESOLVED",
            "High 4 RESOLVED");
  }

  @Test
  void whatWasToldBeforeTheWorseAlertCameStaysAsItIs() {
    SeriesAlerts series = new SeriesAlerts(List.of(HIGH, WORST), Mutes.NONE);
    sample(series, 1, 7, 0);
    sample(series, 2, 10, 0);
    sample(series, 3, 0, 0);
    assertThat(lines)
        .containsExactly("High 1 FIRING", "Worst 2 FIRING", "Worst 3 RESOLVED", "High 3 RESOLVED");
  }

  @Test
  void aHiddenAlertIsToldWhenSilenceEndsTheWorseOne() {
    AlertRule high = rule("High", "x > 5", "warning").staleAfter(Duration.ofMinutes(10)).build();
    SeriesAlerts series = new SeriesAlerts(List.of(high, WORST), Mutes.NONE);
    sample(series, 1, 10, 0);
    assertThat(series.wakeAtMs(states)).isEqualTo(301_000);
    add(series.pass(LABELS, states, 10_000_000, false));
    assertThat(lines)
        .containsExactly(
            "Worst 1 FIRING",
            "High 1 SUPPRESSED quietly by hidden by Worst",
            "Worst 301 RESOLVED",
            "High 301 FIRING",
            "High 601 RESOLVED");
    assertThat(states).isEmpty();
    assertThat(series.wakeAtMs(states)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theOutcomeDoesNotDependOnWhetherTimeOrTheNextRecordComesFirst() {
    AlertRule high = rule("High", "x > 5", "warning").staleAfter(Duration.ofMinutes(10)).build();
    SeriesAlerts series = new SeriesAlerts(List.of(high, WORST), Mutes.NONE);
    sample(series, 1, 10, 0);
    sample(series, 500, 0, 0);
    assertThat(lines)
        .containsExactly(
            "Worst 1 FIRING",
            "High 1 SUPPRESSED quietly by hidden by Worst",
            "Worst 301 RESOLVED",
            "High 301 FIRING",
            "High 500 RESOLVED");
  }

  @Test
  void aMuteIsHeldAgainstTheLabelsOfTheAlert() {
    Mute mute =
        new Mute(
            "m",
            List.of(
                LabelMatcher.parse("alertname=\"High\""), LabelMatcher.parse("device_id=~\"w.*\"")),
            ZoneId.of("UTC"),
            Set.of(),
            Set.of(),
            List.of(),
            null,
            Instant.ofEpochSecond(100));
    SeriesAlerts series = new SeriesAlerts(List.of(HIGH, OTHER), new Mutes(List.of(mute)));
    sample(series, 1, 10, 10);
    sample(series, 150, 10, 10);
    assertThat(lines)
        .containsExactly(
            "High 1 SUPPRESSED quietly by mute 'm'", "Other 1 FIRING", "High 100 FIRING");
  }

  @Test
  void aRuleWhoseMetricIsMissingSeesNoRecord() {
    SeriesAlerts series = new SeriesAlerts(List.of(HIGH, OTHER), Mutes.NONE);
    sample(series, 1, 10, 10);
    sample(series, 301, Double.NaN, 10);
    sample(series, 302, Double.NaN, 10);
    assertThat(lines).containsExactly("High 1 FIRING", "Other 1 FIRING", "High 301 RESOLVED");
  }

  @Test
  void tellsWhichRulesCouldJudgeARecordAndReadsEachMetricOnceForThat() {
    AlertRule elsewhere = rule("Elsewhere", "x{device_id=\"w-2\"} > 5", "warning").build();
    SeriesAlerts series = new SeriesAlerts(List.of(HIGH, OTHER, elsewhere), Mutes.NONE);
    sample(series, 1, 10, 0);
    assertThat(matched).as("whether it holds or not").containsExactly("High", "Other");
    assertThat(read).containsExactly("x", "y");
    sample(series, 1, 10, 0);
    assertThat(matched).as("a repetition, too").containsExactly("High", "Other", "High", "Other");
    matched.clear();
    read.clear();
    sample(series, 2, Double.NaN, 0);
    assertThat(matched).as("without its metric it cannot").containsExactly("Other");
    assertThat(read).containsExactly("x", "y");
    assertThat(lines).containsExactly("High 1 FIRING");
  }

  @Test
  void countsAndTransitionsAreThoseOfASecondJudgement() {
    Random random = new Random(20);
    SeriesAlerts series = new SeriesAlerts(List.of(HIGH, WORST, OTHER), Mutes.NONE);
    Map<String, Integer> expected = new TreeMap<>();
    List<String> expectedLines = new ArrayList<>();
    AlertState other = null;
    for (int second = 1; second <= 500; second++) {
      double x = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(12);
      double y = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(12);
      for (AlertRule rule : series.rules()) {
        Verdict verdict = rule.condition().judge(LABELS, metric -> metric.equals("x") ? x : y);
        if (!verdict.isUnknown()) {
          expected.merge(rule.name(), 1, Integer::sum);
        }
        if (rule.equals(OTHER)) { // which nothing hides
          Sample sample = new Sample(second * 1_000L, 1, verdict, Truth.UNKNOWN);
          Step step = AlertMachine.step(OTHER, other, sample, Quieting.NEVER);
          other = step.next();
          step.transitions().forEach(each -> expectedLines.add("Other " + Alert.line(each)));
        }
      }
      sample(series, second, x, y);
    }
    Map<String, Integer> counted = new TreeMap<>();
    matched.forEach(rule -> counted.merge(rule, 1, Integer::sum));
    assertThat(counted).isEqualTo(expected).hasSize(3);
    assertThat(lines.stream().filter(line -> line.startsWith("Other")))
        .hasSizeGreaterThan(50)
        .containsExactlyElementsOf(expectedLines);
  }

  @Test
  void aSilentTopicAndTheEndOfAllRecords() {
    AlertRule silent =
        AlertRule.named("Silent", Expression.parse("x")).absentFor(Duration.ofMinutes(1)).build();
    SeriesAlerts series = new SeriesAlerts(List.of(silent, HIGH), Mutes.NONE);
    sample(series, 1, 10, 0);
    add(series.topicSilent(silent, LABELS, states));
    assertThat(lines).containsExactly("High 1 FIRING", "Silent 61 NO_DATA");
    sample(series, 100, 0, 0);
    add(series.pass(LABELS, states, Long.MAX_VALUE, true));
    assertThat(lines).hasSize(4).endsWith("High 100 RESOLVED", "Silent 100 RESOLVED");
    assertThat(states).containsOnlyKeys("Silent");
  }

  @Test
  void takesTheWorstFirst() throws Exception {
    SeriesAlerts series = new SeriesAlerts(List.of(HIGH, OTHER, WORST), Mutes.NONE);
    assertThat(series.rules())
        .extracting(AlertRule::name)
        .containsExactly("Worst", "High", "Other");
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(series);
    }
  }

  private void sample(SeriesAlerts series, long second, double x, double y) {
    Map<String, Double> values = Map.of("x", x, "y", y);
    add(
        series.sample(
            LABELS,
            states,
            second * 1_000,
            1,
            metric -> {
              read.add(metric);
              return values.getOrDefault(metric, Double.NaN);
            },
            rule -> matched.add(rule.name())));
  }

  private void add(List<SeriesAlerts.Notice> notices) {
    for (SeriesAlerts.Notice notice : notices) {
      String by = notice.transition().suppressedBy();
      lines.add(
          notice.rule().name()
              + " "
              + Alert.line(notice.transition())
              + (by == null ? "" : " by " + by));
    }
  }

  private static RuleDraft rule(String name, String expr, String severity) {
    return AlertRule.named(name, Expression.parse(expr))
        .group("g")
        .labels(Map.of("severity", severity));
  }
}
