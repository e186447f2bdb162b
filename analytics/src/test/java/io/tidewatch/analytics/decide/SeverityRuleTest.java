package io.tidewatch.analytics.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import org.junit.jupiter.api.Test;

class SeverityRuleTest {

  @Test
  void severityIsHowUnusualAScoreIsAmongThoseOfADay() {
    ScoreContext day = new ScoreContext(100, .4, .1, .6, .7, 99);
    assertThat(SeverityRule.of(true, .71, day)).isEqualTo(Severity.CRITICAL);
    assertThat(SeverityRule.of(true, .7, day)).isEqualTo(Severity.WARNING);
    assertThat(SeverityRule.of(true, .6, day)).isEqualTo(Severity.INFO);
    assertThat(SeverityRule.of(false, .9, day)).isEqualTo(Severity.INFO);
    assertThat(SeverityRule.of(true, .9, new ScoreContext(99, .4, .1, .6, .7, 100)))
        .as("too few to tell")
        .isEqualTo(Severity.WARNING);
  }
}
