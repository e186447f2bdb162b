package io.tidewatch.analytics.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpisodeRuleTest {
  private static final long SECOND_MS = 1_000;
  private final EpisodeRule rule = new EpisodeRule(Duration.ofSeconds(60));
  private @Nullable Episode last;

  /** A row beyond the threshold, of a window of ten seconds; whether it is told. */
  private boolean told(long second, Severity severity) {
    long endMs = second * SECOND_MS;
    RowVerdict decided = rule.decide(beyond(severity), last, endMs - 10 * SECOND_MS, endMs);
    assertThat(decided.suppressed()).isIn(null, Suppression.COOLDOWN);
    assertThat(decided.suppressedBy(null)).isEqualTo(beyond(severity));
    if (decided.anomaly()) {
      last = EpisodeRule.after(last, endMs, severity);
    }
    return decided.anomaly();
  }

  private static RowVerdict beyond(Severity severity) {
    return new RowVerdict(0.5, true, severity, null);
  }

  @Test
  void aRowThatIsNotBeyondTheThresholdStaysAsItIs() {
    RowVerdict usual = new RowVerdict(0.5, false, Severity.INFO, null);
    Episode told = new Episode(100 * SECOND_MS, Severity.INFO);
    assertThat(rule.decide(usual, told, 91 * SECOND_MS, 101 * SECOND_MS)).isSameAs(usual);
  }

  @Test
  void tellsTheRowThatOpensAnEpisodeAndAgainAfterTheCooldown() {
    List<Long> told = new ArrayList<>();
    for (long second = 100; second < 300; second++) {
      if (told(second, Severity.WARNING)) {
        told.add(second);
      }
    }
    assertThat(told).containsExactly(100L, 160L, 220L, 280L);
  }

  @Test
  void tellsAtOnceWhatGetsMoreSevereAndNotWhatGetsLessSo() {
    assertThat(told(100, Severity.INFO)).isTrue();
    assertThat(told(101, Severity.WARNING)).isTrue();
    assertThat(told(102, Severity.WARNING)).isFalse();
    assertThat(told(103, Severity.CRITICAL)).isTrue();
    assertThat(told(104, Severity.INFO)).isFalse();
    assertThat(told(162, Severity.CRITICAL)).as("59 s after the last").isFalse();
    assertThat(told(163, Severity.INFO)).isTrue();
  }

  @Test
  void aRowThatIsToldAgainIsToldLikeTheFirstTime() {
    assertThat(told(100, Severity.WARNING)).isTrue();
    assertThat(told(101, Severity.WARNING)).isFalse();
    assertThat(told(100, Severity.INFO)).as("a correction").isTrue();
    assertThat(last).isEqualTo(new Episode(100 * SECOND_MS, Severity.WARNING));
    assertThat(told(99, Severity.CRITICAL)).as("of before, whatever it is").isFalse();
    assertThat(told(30, Severity.INFO)).as("of long before").isTrue();
    assertThat(last).isEqualTo(new Episode(100 * SECOND_MS, Severity.WARNING));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5})
  void isNeverShorterThanAWindow(long cooldownSeconds) {
    EpisodeRule brief = new EpisodeRule(Duration.ofSeconds(cooldownSeconds));
    Episode told = new Episode(100 * SECOND_MS, Severity.INFO);
    for (long end = 101; end < 110; end++) {
      assertThat(
              brief
                  .decide(beyond(Severity.INFO), told, (end - 10) * SECOND_MS, end * SECOND_MS)
                  .suppressed())
          .isEqualTo(Suppression.COOLDOWN);
      assertThat(brief.isOver(told, (end - 10) * SECOND_MS, end * SECOND_MS)).isFalse();
    }
    assertThat(
            brief.decide(beyond(Severity.INFO), told, 100 * SECOND_MS, 110 * SECOND_MS).anomaly())
        .isTrue();
    assertThat(brief.isOver(told, 100 * SECOND_MS, 110 * SECOND_MS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT168H0.001S"})
  void refusesCooldownsThatAreNone(String cooldown) {
    assertThatThrownBy(() -> new EpisodeRule(Duration.parse(cooldown)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cooldown: must be PT0S to P7D, was " + cooldown);
  }
}
