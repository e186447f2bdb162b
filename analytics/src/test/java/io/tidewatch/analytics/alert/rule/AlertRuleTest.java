package io.tidewatch.analytics.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.expr.Truth;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertRuleTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void needsNoMoreThanNameAndExpression() {
    AlertRule rule = draft().build();
    assertThat(rule.holdFor()).isZero();
    assertThat(rule.keepFiringFor()).isZero();
    assertThat(rule.clear()).isNull();
    assertThat(rule.clearFor()).isZero();
    assertThat(rule.minSamples()).isZero();
    assertThat(rule.absentFor()).isNull();
    assertThat(rule.flapping()).isNull();
    assertThat(rule.suppressFor()).isZero();
    assertThat(rule.staleAfter()).isEqualTo(Duration.ofMinutes(5));
    assertThat(rule.labels()).isEmpty();
    assertThat(rule.annotations()).isEmpty();
    assertThat(rule.group()).isEmpty();
    assertThat(rule.threshold()).isEqualTo(5);
    assertThat(rule).hasToString("r " + rule.version() + ": x > 5");
  }

  @Test
  void eachThingItSaysIsInItsVersion() {
    List<AlertRule> all =
        Stream.of(
                draft(),
                AlertRule.named("s", Expression.parse("x > 5")),
                AlertRule.named("r", Expression.parse("x > 6")),
                draft().group("g"),
                draft().holdFor(MINUTE),
                draft().keepFiringFor(MINUTE),
                draft().clear(4),
                draft().clear(3),
                draft().clearFor(MINUTE),
                draft().minSamples(1),
                draft().absentFor(MINUTE),
                draft().flapping(new Flapping(4, MINUTE, MINUTE)),
                draft().flapping(new Flapping(5, MINUTE, MINUTE)),
                draft().suppressFor(MINUTE),
                draft().staleAfter(MINUTE),
                draft().labels(Map.of("a", "b")),
                draft().annotations(Map.of("a", "b")))
            .map(RuleDraft::build)
            .toList();
    assertThat(all).extracting(AlertRule::version).doesNotHaveDuplicates();
    assertThat(all).doesNotHaveDuplicates();
    assertThat(all).allMatch(rule -> rule.version().matches("[0-9a-f]{16}"));
    assertThat(draft().build()).isEqualTo(draft().build()).hasSameHashCodeAs(draft().build());
  }

  @Test
  void labelsOfAnAlertAreThoseOfTheSeriesUnderThoseOfTheRule() {
    AlertRule rule = draft().labels(Map.of("severity", "critical", "team", "b")).build();
    assertThat(rule.alertLabels(Map.of("severity", "of the series", "alertname", "x", "zone", "1")))
        .isEqualTo(Map.of("severity", "critical", "team", "b", "zone", "1", "alertname", "r"));
  }

  @Test
  void clearsBelowAnotherNumber() {
    Expression clear = Objects.requireNonNull(draft().clear(4).build().clear());
    assertThat(clear.judge(Map.of(), metric -> 4).truth()).isEqualTo(Truth.TRUE);
    assertThat(clear.judge(Map.of(), metric -> 4.1).truth()).isEqualTo(Truth.FALSE);
    assertThat(AlertRule.named("r", Expression.parse("x <= 5")).clear(5).build().clear())
        .isNotNull();
  }

  @Test
  void aWorseRuleHidesOthersOfItsGroupAboutTheSameMetrics() {
    AlertRule critical = of("g", "x > 9", "critical");
    assertThat(critical.hides(of("g", "x > 5", "warning"))).isTrue();
    assertThat(critical.hides(of("g", "x > 5", "info"))).isTrue();
    assertThat(of("g", "x > 5", "warning").hides(of("g", "x > 1", "info"))).isTrue();
    assertThat(of("g", "x > 5", "warning").hides(critical)).isFalse();
    assertThat(critical.hides(of("g", "x > 5", "critical"))).isFalse();
    assertThat(critical.hides(of("g", "y > 5", "warning"))).isFalse();
    assertThat(critical.hides(of("g", "x > 5 and y > 5", "warning"))).isFalse();
    assertThat(critical.hides(of("h", "x > 5", "warning"))).isFalse();
    assertThat(critical.hides(of("g", "x > 5", "page"))).as("no severity we know").isFalse();
    assertThat(critical.hides(draft().group("g").build())).isFalse();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertRefused(
        AlertRule.named(" ", Expression.parse("x > 5")), "alert: must not be blank, was ' '");
    assertRefused(draft().holdFor(Duration.ofMillis(-1)), "for: must be 0s to 366d, was PT-0.001S");
    assertRefused(draft().holdFor(Duration.ofDays(367)), "for: must be 0s to 366d, was 367d");
    assertRefused(
        draft().keepFiringFor(Duration.ofDays(367)),
        "keep_firing_for: must be 0s to 366d, was 367d");
    assertRefused(
        draft().clearFor(Duration.ofDays(367)), "clear_for: must be 0s to 366d, was 367d");
    assertRefused(
        draft().suppressFor(Duration.ofDays(367)), "suppress_for: must be 0s to 366d, was 367d");
    assertRefused(draft().absentFor(Duration.ZERO), "absent_for: must be 1ms to 366d, was 0s");
    assertRefused(draft().staleAfter(Duration.ZERO), "stale_after: must be 1ms to 366d, was 0s");
    assertRefused(draft().minSamples(-1), "min_samples: must be 0 or more, was -1");
    assertRefused(
        draft().labels(Map.of("a-b", "1")),
        "labels: must be letters, digits and _, and not alertname, was 'a-b'");
    assertRefused(
        draft().labels(Map.of("alertname", "1")),
        "labels: must be letters, digits and _, and not alertname, was 'alertname'");
    assertRefused(
        draft().labels(Map.of("a", "{{ $value }}")),
        "labels.a: must be a text without places to fill, was '{{ $value }}'");
    assertRefused(
        draft().annotations(Map.of("a", "{{")),
        "annotations.a: must close each '{{' with '}}', was '{{'");
    assertRefused(
        AlertRule.named("r", Expression.parse("x")),
        "expr: must compare a metric with a number, or the rule must have absent_for, was 'x'");
    assertRefused(
        AlertRule.named("r", Expression.parse("x"))
            .absentFor(MINUTE)
            .clear(Expression.parse("y > 1")),
        "clear: must stand beside a comparison, was 'y > 1'");
    assertRefused(draft().clear(Expression.parse("y")), "clear: must compare, was 'y'");
  }

  @Test
  void refusesLimitsThatCannotClear() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draft().clear(6))
        .withMessage("clear: must not itself be > 5, was 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AlertRule.named("r", Expression.parse("x == 5")).clear(4))
        .withMessageStartingWith("clear: must be an expression where expr is not one comparison");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AlertRule.named("r", Expression.parse("x > 5 and y > 1")).clear(4))
        .withMessageStartingWith("clear: must be an expression where");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Flapping(1, MINUTE, MINUTE))
        .withMessage("flapping.transitions: must be 2 to 100, was 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Flapping(101, MINUTE, MINUTE))
        .withMessage("flapping.transitions: must be 2 to 100, was 101");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Flapping(2, Duration.ZERO, MINUTE))
        .withMessage("flapping.within: must be 1ms to 366d, was 0s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Flapping(2, MINUTE, Duration.ZERO))
        .withMessage("flapping.hold: must be 1ms to 366d, was 0s");
  }

  @Test
  void travels() throws Exception {
    AlertRule rule =
        draft()
            .clear(4)
            .flapping(new Flapping(4, MINUTE, MINUTE))
            .labels(Map.of("a", "b"))
            .annotations(Map.of("summary", "{{ $labels.a }} {{ $value }}"))
            .build();
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(rule);
    }
  }

  private static void assertRefused(RuleDraft draft, String message) {
    assertThatIllegalArgumentException().isThrownBy(draft::build).withMessage(message);
  }

  private static AlertRule of(String group, String expr, String severity) {
    return AlertRule.named("r", Expression.parse(expr))
        .group(group)
        .labels(Map.of("severity", severity))
        .build();
  }

  private static RuleDraft draft() {
    return AlertRule.named("r", Expression.parse("x > 5"));
  }
}
