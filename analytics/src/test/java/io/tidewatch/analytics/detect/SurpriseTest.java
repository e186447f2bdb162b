package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.detect.DetectorSettings.Votes;
import org.junit.jupiter.api.Test;

class SurpriseTest {
  private final Surprise all = new Surprise(Votes.ALL);

  @Test
  void isTheGeometricMeanOfAllThatWasSaid() {
    double x = Math.sqrt(Math.sqrt(0.04 * 0.01) * 2);
    assertThat(all.score(0.04, 0.01, 2, 0)).isCloseTo(x / (x + 0.05), within(1e-12));
    assertThat(all.score(0, 0, 0, 0)).isZero();
    assertThat(all.score(1e9, 1, 1e9, 1)).isBetween(0.99, 1.0);
  }

  @Test
  void neitherRaisesAnAlarmAlone() {
    assertThat(all.score(0.2, 0.2, 0, 0)).isGreaterThan(0.5);
    assertThat(all.score(0.02, 0.02, 0, 0)).isLessThan(0.5);
    assertThat(all.score(0.02, 0.02, 1, 0)).isGreaterThan(0.5);
    assertThat(all.score(0, 0, 1_000, 1)).isLessThan(0.5);
  }

  @Test
  void ofRuleAndForestTheLouderCounts() {
    assertThat(all.score(0.02, 0.02, 0, 1)).isGreaterThan(all.score(0.02, 0.02, 1, 0));
    assertThat(all.score(0.02, 0.02, 15, 1)).isEqualTo(all.score(0.02, 0.02, 15, 0));
  }

  @Test
  void asksOnlyThoseWhoVote() {
    Surprise rules = new Surprise(Votes.RULES);
    assertThat(rules.score(0.1, 0.9, 2, 1)).isEqualTo(rules.score(0.1, 0, 2, 0));
    Surprise forests = new Surprise(Votes.FORESTS);
    assertThat(forests.score(0.1, 0.3, 2, 0.99)).isEqualTo(forests.score(0, 0.3, 0, 0.99));
  }
}
