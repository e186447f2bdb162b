package io.tidewatch.analytics.alert.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.alert.expr.Expression;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Flapping;
import io.tidewatch.analytics.alert.rule.Quiet;
import io.tidewatch.analytics.alert.rule.RuleDraft;
import io.tidewatch.schemas.derived.AlertPhase;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Seconds, and a condition {@code x > 5}; nothing for 300 s ends what fires. */
class AlertMachineTest {

  @Test
  void aFalseRecordLeavesAnInactiveAlertAlone() {
    Alert alert = new Alert(rule().build());
    alert.sample(1, 5);
    assertThat(alert.state()).isNull();
    assertThat(alert.wakeSecond()).isEqualTo(-1);
  }

  @Test
  void firesOnTheRecordExactlyAtTheEndOfTheHoldAndResolvesWithTheFirstFalseOne() {
    Alert alert = new Alert(rule().holdFor(seconds(60)).build());
    alert.sample(1, 6);
    alert.sample(60, 9);
    assertThat(alert.phase()).isEqualTo(AlertPhase.PENDING);
    assertThat(alert.lines()).isEmpty();
    alert.sample(61, 9);
    assertThat(alert.phase()).isEqualTo(AlertPhase.FIRING);
    alert.sample(62, 8);
    alert.sample(63, 4);
    assertThat(alert.phase()).isEqualTo(AlertPhase.RESOLVED);
    assertThat(alert.lines()).containsExactly("61 FIRING", "63 RESOLVED");
    Transition fired = alert.told().get(0);
    assertThat(fired.startedAtMs()).isEqualTo(1_000);
    assertThat(fired.firedAtMs()).isEqualTo(61_000);
    assertThat(fired.value()).isEqualTo(9);
    assertThat(fired.ofRecord()).isTrue();
    assertThat(alert.told().get(1).startedAtMs()).isEqualTo(1_000);
    assertThat(alert.told().get(1).value()).isEqualTo(4);
  }

  @Test
  void aFalseRecordDropsWhatIsPending() {
    Alert alert = new Alert(rule().holdFor(seconds(60)).build());
    alert.sample(1, 6);
    alert.sample(30, 5);
    alert.sample(40, 6);
    alert.sample(90, 6);
    assertThat(alert.lines()).isEmpty();
    alert.sample(100, 6);
    assertThat(alert.lines()).containsExactly("100 FIRING");
  }

  @Test
  void whatIsOverIsRememberedSoThatARepetitionBeginsNothing() {
    Alert alert = new Alert(rule().build());
    alert.sample(1, 6);
    alert.sample(10, 4);
    alert.sample(1, 6);
    alert.sample(10, 6);
    assertThat(alert.lines()).containsExactly("1 FIRING", "10 RESOLVED");
    assertThat(alert.wakeSecond()).isEqualTo(310);
    alert.pass(309);
    assertThat(alert.state()).isNotNull();
    alert.pass(310);
    assertThat(alert.state()).isNull();
  }

  @Test
  void silenceEndsWhatFiresAsOfItsMoment() {
    Alert alert = new Alert(rule().build());
    alert.sample(1, 6);
    alert.sample(2, 7);
    alert.pass(301);
    assertThat(alert.lines()).containsExactly("1 FIRING");
    alert.pass(9_999);
    assertThat(alert.lines()).containsExactly("1 FIRING", "302 RESOLVED");
    assertThat(alert.told().get(1).cause()).isEqualTo(Cause.SILENCE);
    assertThat(alert.told().get(1).value()).isNull();
    assertThat(alert.state()).isNull();
  }

  @Test
  void aRecordAfterALongSilenceEndsTheEpisodeFirst() {
    Alert alert = new Alert(rule().build());
    alert.sample(1, 6);
    alert.sample(400, 7);
    assertThat(alert.lines()).containsExactly("1 FIRING", "301 RESOLVED", "400 FIRING");
    alert.sample(700, 7);
    assertThat(alert.lines()).as("300 s are not too long").hasSize(3);
  }

  @Test
  void insideTheDeadBandItNeitherEndsNorBeginsAnew() {
    Alert alert = new Alert(rule().clear(2).build());
    alert.sample(1, 6);
    for (int second = 2; second < 100; second++) {
      alert.sample(second, second % 2 == 0 ? 3 : 6);
      assertThat(alert.phase()).isEqualTo(AlertPhase.FIRING);
    }
    alert.sample(100, 2);
    alert.sample(101, 3);
    assertThat(alert.lines()).containsExactly("1 FIRING", "100 RESOLVED");
  }

  @Test
  void recoversForAsLongAsTheRuleWants() {
    Alert alert = new Alert(rule().clear(2).clearFor(seconds(10)).build());
    alert.sample(1, 6);
    alert.sample(2, 1);
    assertThat(alert.phase()).isEqualTo(AlertPhase.RECOVERING);
    alert.sample(11, 3);
    assertThat(alert.phase()).as("in the dead band: not clear").isEqualTo(AlertPhase.FIRING);
    alert.sample(12, 1);
    alert.sample(21, 1);
    assertThat(alert.lines()).containsExactly("1 FIRING");
    alert.sample(22, 1);
    assertThat(alert.lines()).containsExactly("1 FIRING", "22 RESOLVED");
  }

  @Test
  void keepsFiringForAWhileAfterTheConditionIsOver() {
    Alert alert = new Alert(rule().keepFiringFor(seconds(10)).clear(2).build());
    alert.sample(1, 6);
    alert.sample(2, 3);
    alert.sample(11, 1);
    assertThat(alert.phase()).isEqualTo(AlertPhase.RECOVERING);
    alert.sample(12, 1);
    assertThat(alert.lines()).containsExactly("1 FIRING", "12 RESOLVED");
    alert.sample(20, 6);
    alert.sample(25, 1);
    alert.sample(30, 6);
    alert.sample(39, 1);
    alert.sample(48, 1);
    assertThat(alert.lines()).as("true at 30 began it anew").hasSize(3);
    alert.sample(49, 1);
    assertThat(alert.lines()).endsWith("20 FIRING", "49 RESOLVED");
  }

  @Test
  void tooFewSamplesAreNeitherWellNorIll() {
    Alert alert = new Alert(rule().minSamples(20).holdFor(seconds(10)).build());
    alert.sample(1, 9, 19);
    assertThat(alert.phase()).isEqualTo(AlertPhase.INSUFFICIENT_DATA);
    alert.sample(2, 9, 20);
    assertThat(alert.phase()).isEqualTo(AlertPhase.PENDING);
    alert.sample(11, 9, 3);
    assertThat(alert.phase()).isEqualTo(AlertPhase.INSUFFICIENT_DATA);
    alert.sample(12, 9, 20);
    assertThat(alert.lines()).as("what was pending begins anew").isEmpty();
    alert.sample(22, 9, 20);
    alert.sample(23, 1, 2);
    assertThat(alert.phase()).isEqualTo(AlertPhase.FIRING);
    alert.sample(200, 1, 2);
    alert.sample(322, 1, 2);
    assertThat(alert.lines()).containsExactly("22 FIRING");
    alert.sample(323, 1, 2);
    assertThat(alert.lines()).containsExactly("22 FIRING", "322 RESOLVED");
    assertThat(alert.told().get(1).cause()).isEqualTo(Cause.FEW_SAMPLES);
    assertThat(alert.phase()).isEqualTo(AlertPhase.INSUFFICIENT_DATA);
    alert.pass(900);
    assertThat(alert.state()).isNull();
  }

  @Test
  void aRecordWithoutAValueIsNone() {
    Alert alert = new Alert(rule().absentFor(seconds(60)).build());
    alert.sample(1, Double.NaN);
    assertThat(alert.state()).isNull();
    alert.sample(2, 1);
    alert.sample(50, Double.NaN);
    alert.pass(62);
    assertThat(alert.lines()).containsExactly("62 NO_DATA");
  }

  @Test
  void aSilentSeriesIsAnAlertUntilItSendsAgain() {
    Alert alert = new Alert(silent().build());
    alert.sample(1, 7);
    alert.sample(40, 7);
    assertThat(alert.wakeSecond()).isEqualTo(100);
    alert.pass(99);
    assertThat(alert.lines()).isEmpty();
    alert.pass(100);
    assertThat(alert.phase()).isEqualTo(AlertPhase.NO_DATA);
    alert.sample(150, 7);
    assertThat(alert.lines()).containsExactly("100 NO_DATA", "150 RESOLVED");
    assertThat(alert.told())
        .extracting(Transition::cause)
        .containsExactly(Cause.SILENCE, Cause.DATA_IS_BACK);
    assertThat(alert.told()).extracting(Transition::startedAtMs).containsOnly(40_000L);
    assertThat(alert.told()).extracting(Transition::firedAtMs).containsOnly(100_000L);
    assertThat(alert.told()).extracting(Transition::ofRecord).containsExactly(false, true);
  }

  @Test
  void aSilentTopicIsToldUnderTheSameTimesAsASilentSeries() {
    Alert bySeries = new Alert(silent().build());
    Alert byTopic = new Alert(silent().build());
    bySeries.sample(40, 7);
    byTopic.sample(40, 7);
    bySeries.pass(100);
    byTopic.step(new AlertInput.TopicSilent());
    byTopic.step(new AlertInput.TopicSilent());
    byTopic.pass(200);
    assertThat(byTopic.lines()).isEqualTo(bySeries.lines());
    assertThat(byTopic.told()).extracting(Transition::cause).containsExactly(Cause.TOPIC_SILENCE);
    Alert unknown = new Alert(silent().build());
    unknown.step(new AlertInput.TopicSilent());
    assertThat(unknown.state()).isNull();
    Alert other = new Alert(rule().build());
    other.sample(1, 9);
    other.step(new AlertInput.TopicSilent());
    assertThat(other.lines()).as("no rule about silence").containsExactly("1 FIRING");
  }

  @Test
  void aSeriesThatWasSilentForAWeekIsTakenForGone() {
    Alert alert = new Alert(silent().build());
    alert.sample(40, 7);
    long week = Duration.ofDays(7).toSeconds();
    alert.pass(100 + week - 1);
    assertThat(alert.lines()).containsExactly("100 NO_DATA");
    alert.pass(100 + 3 * week);
    assertThat(alert.lines()).containsExactly("100 NO_DATA", 100 + week + " RESOLVED");
    assertThat(alert.told().get(1).cause()).isEqualTo(Cause.SERIES_IS_GONE);
    assertThat(alert.state()).isNull();
  }

  @Test
  void whatFiresAndFallsSilentHasNoDataInTheSameEpisode() {
    Alert alert = new Alert(rule().absentFor(seconds(60)).build());
    alert.sample(1, 9);
    alert.pass(61);
    alert.sample(70, 9);
    alert.sample(71, 1);
    assertThat(alert.lines())
        .containsExactly("1 FIRING", "61 NO_DATA", "70 RESOLVED", "70 FIRING", "71 RESOLVED");
    assertThat(alert.told())
        .extracting(transition -> transition.startedAtMs() / 1000)
        .containsExactly(1L, 1L, 1L, 70L, 70L);
  }

  @Test
  void staleComesBeforeALongerSilence() {
    Alert alert = new Alert(rule().absentFor(seconds(600)).build());
    alert.sample(1, 9);
    alert.step(new AlertInput.TopicSilent());
    assertThat(alert.lines()).containsExactly("1 FIRING", "301 RESOLVED", "601 NO_DATA");
  }

  @Test
  void nobodyIsSilentAtTheEndOfAllRecords() {
    Alert alert = new Alert(rule().absentFor(seconds(60)).build());
    alert.sample(1, 9);
    alert.step(new AlertInput.Time(Long.MAX_VALUE, true));
    assertThat(alert.lines()).containsExactly("1 FIRING", "301 RESOLVED");
  }

  @Test
  void whatChangesTooOftenIsHeldOpenAndToldAtTheBeginningAndAtTheEnd() {
    Alert alert = new Alert(flapping().build());
    for (int second = 1; second <= 20; second++) {
      alert.sample(second, second % 2 == 1 ? 9 : 1);
    }
    assertThat(alert.phase()).isEqualTo(AlertPhase.FLAPPING);
    assertThat(alert.lines()).containsExactly("1 FIRING", "2 RESOLVED", "3 FIRING", "4 FLAPPING");
    assertThat(alert.told().get(3).startedAtMs()).as("of the episode it is in").isEqualTo(3_000);
    for (int second = 21; second < 49; second++) {
      alert.sample(second, 1);
    }
    assertThat(alert.wakeSecond()).isEqualTo(50);
    alert.pass(50);
    assertThat(alert.lines()).hasSize(5).endsWith("50 RESOLVED");
    assertThat(alert.told().get(4).cause()).isEqualTo(Cause.CALM);
    alert.sample(51, 9);
    assertThat(alert.lines()).hasSize(6).endsWith("51 FIRING");
  }

  @Test
  void whatIsCalmAndStillFiresIsToldAsFiring() {
    Alert alert = new Alert(flapping().build());
    for (int second = 1; second <= 7; second++) {
      alert.sample(second, second % 2 == 1 ? 9 : 1);
    }
    alert.sample(37, 9);
    alert.pass(37);
    alert.sample(40, 1);
    assertThat(alert.lines())
        .containsExactly(
            "1 FIRING", "2 RESOLVED", "3 FIRING", "4 FLAPPING", "37 FIRING", "40 RESOLVED");
    assertThat(alert.told().subList(2, 6)).extracting(Transition::startedAtMs).containsOnly(3_000L);
  }

  @Test
  void anEpisodeMayBeginAsFlapping() {
    Alert alert = new Alert(rule().flapping(new Flapping(3, seconds(60), seconds(30))).build());
    alert.sample(1, 9);
    alert.sample(2, 1);
    alert.sample(3, 9);
    assertThat(alert.lines()).containsExactly("1 FIRING", "2 RESOLVED", "3 FLAPPING");
    assertThat(alert.told().get(2).startedAtMs()).isEqualTo(3_000);
  }

  @Test
  void changesThatAreFarApartDoNotFlap() {
    Alert alert = new Alert(flapping().build());
    for (int i = 0; i < 20; i++) {
      alert.sample(i * 21L + 1, i % 2 == 0 ? 9 : 1);
    }
    assertThat(alert.told())
        .hasSize(20)
        .extracting(Transition::status)
        .doesNotContain(AlertStatus.FLAPPING);
  }

  @Test
  void whatBeginsInAMuteIsRecordedAndToldWhenTheMuteEnds() {
    Alert alert = new Alert(rule().build());
    alert.quieting(timeMs -> timeMs < 60_000 ? new Quiet("mute 'm'", 60_000) : null);
    alert.sample(1, 9);
    alert.sample(30, 9);
    assertThat(alert.phase()).isEqualTo(AlertPhase.SUPPRESSED);
    assertThat(alert.wakeSecond()).isEqualTo(60);
    alert.pass(60);
    alert.sample(61, 9);
    alert.sample(70, 1);
    assertThat(alert.lines()).containsExactly("1 SUPPRESSED quietly", "60 FIRING", "70 RESOLVED");
    assertThat(alert.told().get(0).suppressedBy()).isEqualTo("mute 'm'");
    assertThat(alert.told().get(1).cause()).isEqualTo(Cause.CATCH_UP);
    assertThat(alert.told().get(1).value()).isEqualTo(9);
  }

  @Test
  void aRecordBehindTheEndOfAMuteFindsPeopleToldAtItsEnd() {
    Alert alert = new Alert(rule().build());
    alert.quieting(timeMs -> timeMs < 60_000 ? new Quiet("mute 'm'", 60_000) : null);
    alert.sample(1, 9);
    alert.sample(100, 1);
    assertThat(alert.lines()).containsExactly("1 SUPPRESSED quietly", "60 FIRING", "100 RESOLVED");
  }

  @Test
  void nobodyHearsOfWhatBeganAndEndedInAMute() {
    Alert alert = new Alert(rule().build());
    alert.quieting(timeMs -> new Quiet("mute 'm'", Long.MAX_VALUE));
    alert.sample(1, 9);
    alert.sample(70, 1);
    assertThat(alert.lines()).containsExactly("1 SUPPRESSED quietly", "70 RESOLVED quietly");
    assertThat(alert.told().get(1).suppressedBy()).isEqualTo("mute 'm'");
  }

  @Test
  void whoWasToldThatItFiresIsToldInAMuteThatItIsOver() {
    Alert alert = new Alert(rule().build());
    alert.sample(1, 9);
    alert.quieting(timeMs -> new Quiet("mute 'm'", Long.MAX_VALUE));
    alert.sample(2, 9);
    alert.sample(70, 1);
    assertThat(alert.lines()).containsExactly("1 FIRING", "70 RESOLVED");
  }

  @Test
  void aChangeOfMutesIsLookedAtWhenItIsTold() {
    Alert alert = new Alert(rule().build());
    alert.quieting(timeMs -> new Quiet("mute 'm'", Long.MAX_VALUE));
    alert.sample(1, 9);
    alert.step(new AlertInput.QuietChanged(20_000));
    assertThat(alert.lines()).hasSize(1);
    alert.quieting(Quieting.NEVER);
    alert.step(new AlertInput.QuietChanged(30_000));
    alert.step(new AlertInput.QuietChanged(40_000));
    assertThat(alert.lines()).containsExactly("1 SUPPRESSED quietly", "30 FIRING");
  }

  @Test
  void peopleAreNotToldAgainWithinTheSuppressionWindow() {
    Alert alert = new Alert(rule().suppressFor(seconds(1800)).build());
    alert.sample(1, 9);
    alert.sample(10, 1);
    alert.sample(100, 9);
    alert.sample(110, 1);
    assertThat(alert.lines())
        .containsExactly(
            "1 FIRING", "10 RESOLVED", "100 SUPPRESSED quietly", "110 RESOLVED quietly");
    assertThat(alert.told().get(2).suppressedBy()).isEqualTo("told less than 30m ago");
    alert.sample(1700, 9);
    alert.sample(1900, 9);
    assertThat(alert.lines()).as("it goes on at the end of the window").endsWith("1801 FIRING");
    alert.sample(1950, 1);
    assertThat(alert.wakeSecond()).as("remembered until").isEqualTo(3601);
    alert.pass(3601);
    assertThat(alert.state()).isNull();
    alert.sample(3602, 9);
    assertThat(alert.lines()).endsWith("1950 RESOLVED", "3602 FIRING");
  }

  @Test
  void aRuleThatIsRemovedEndsItsAlert() {
    Alert alert = new Alert(rule().build());
    alert.sample(1, 9);
    alert.sample(5, 9);
    alert.step(new AlertInput.RuleGone(false));
    assertThat(alert.lines()).containsExactly("1 FIRING", "5 RESOLVED");
    assertThat(alert.told().get(1).cause()).isEqualTo(Cause.RULE_REMOVED);
    assertThat(alert.state()).isNull();
    alert.step(new AlertInput.RuleGone(false));
    assertThat(alert.told()).hasSize(2);
  }

  @Test
  void aRuleThatWasReplacedEndsTheAlertOfTheFormerAndBeginsAnew() {
    Alert alert = new Alert(rule().build());
    alert.sample(1, 9);
    AlertRule other = AlertRule.named("r", Expression.parse("x > 7")).build();
    alert.step(other, Alert.input(other, 6_000, 9, 1));
    assertThat(alert.lines()).containsExactly("1 FIRING", "1 RESOLVED", "6 FIRING");
    assertThat(alert.told().get(1).cause()).isEqualTo(Cause.RULE_REPLACED);
    assertThat(alert.told().get(2).startedAtMs()).isEqualTo(6_000);
  }

  private static RuleDraft rule() {
    return AlertRule.named("r", Expression.parse("x > 5"));
  }

  private static RuleDraft silent() {
    return AlertRule.named("r", Expression.parse("x")).absentFor(seconds(60));
  }

  private static RuleDraft flapping() {
    return rule().flapping(new Flapping(4, seconds(60), seconds(30)));
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
