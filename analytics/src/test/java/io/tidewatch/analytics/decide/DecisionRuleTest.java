package io.tidewatch.analytics.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ScoreContext DAY = new ScoreContext(2_000, .4, .1, .6, .7, 99);

  @Test
  void withoutATailTheThresholdIsThatOfTheModel() {
    DecisionRule rule = new DecisionRule(HOUR, 0);
    assertThat(rule.of(0.66, 0.65, DAY))
        .isEqualTo(new RowVerdict(0.65, true, Severity.WARNING, null));
    assertThat(rule.of(0.65, 0.65, DAY))
        .isEqualTo(new RowVerdict(0.65, false, Severity.INFO, null));
    assertThat(rule.of(Double.NaN, 0.65, DAY).beyond()).isFalse();
  }

  @Test
  void withATailItIsRaisedOnADayOfHighScores() {
    RowVerdict verdict = new DecisionRule(HOUR, 0.01).of(0.66, 0.65, DAY);
    assertThat(verdict.threshold()).isEqualTo(0.7);
    assertThat(verdict.beyond()).isFalse();
  }

  @Test
  void whatIsSuppressedIsBeyondAllTheSame() {
    RowVerdict verdict = new DecisionRule(HOUR, 0).of(0.9, 0.65, DAY);
    assertThat(verdict.anomaly()).isTrue();
    RowVerdict quiet = verdict.suppressedBy(Suppression.COOLDOWN);
    assertThat(quiet.anomaly()).isFalse();
    assertThat(quiet.beyond()).isTrue();
    assertThat(quiet.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void refusesWhatItsPartsRefuse() {
    assertThatThrownBy(() -> new DecisionRule(Duration.ofDays(8), 0))
        .hasMessage("cooldown: must be PT0S to P7D, was PT192H");
    assertThatThrownBy(() -> new DecisionRule(HOUR, 0.5))
        .hasMessage("tail_rate: must be above 0 and at most 0.01, was 0.5");
  }
}
