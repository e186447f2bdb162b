package io.tidewatch.analytics.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidewatch.analytics.alert.expr.LabelMatcher;
import io.tidewatch.analytics.alert.rule.Mute.Times;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuteTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Map<String, String> WARNING = Map.of("severity", "warning", "site", "A");
  private static final Times NIGHT = new Times(LocalTime.of(22, 0), LocalTime.of(6, 0));

  @ParameterizedTest
  @CsvSource({
    "2026-01-12T20:59:59Z,",
    "2026-01-12T21:00:00Z, 2026-01-13T05:00:00Z",
    "2026-01-13T04:59:59.999Z, 2026-01-13T05:00:00Z",
    "2026-01-13T05:00:00Z,",
    "2026-07-13T20:00:00Z, 2026-07-14T04:00:00Z"
  })
  void aNightGoesOnIntoTheNextDayInItsTimeZone(Instant time, @Nullable Instant until) {
    assertQuiet(mute(Set.of(), Set.of(), List.of(NIGHT)), time, until);
  }

  @ParameterizedTest
  @CsvSource({
    // Friday's night ends on Saturday; Saturday has none, and Sunday's begins in the evening.
    "2026-01-09T22:00:00Z, 2026-01-10T05:00:00Z",
    "2026-01-10T04:00:00Z, 2026-01-10T05:00:00Z",
    "2026-01-10T22:00:00Z,",
    "2026-01-11T04:00:00Z,",
    "2026-01-11T22:00:00Z,",
    "2026-01-12T04:00:00Z,"
  })
  void aNightBelongsToTheDayOnWhichItBegins(Instant time, @Nullable Instant until) {
    Set<DayOfWeek> weekdays = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    assertQuiet(mute(weekdays, Set.of(), List.of(NIGHT)), time, until);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T22:59:59Z,",
    "2026-11-30T23:00:00Z, 2026-12-01T23:00:00Z",
    "2026-12-31T22:59:59Z, 2026-12-31T23:00:00Z",
    "2026-12-31T23:00:00Z,"
  })
  void aMonthIsThatOfTheTimeZone(Instant time, @Nullable Instant until) {
    assertQuiet(mute(Set.of(), Set.of(Month.DECEMBER), List.of()), time, until);
  }

  @ParameterizedTest
  @CsvSource({
    // 2:00 to 3:00 is skipped on 29 March and comes twice on 25 October.
    "2026-03-29T00:30:00Z, 2026-03-29T01:30:00Z",
    "2026-03-29T01:29:59Z, 2026-03-29T01:30:00Z",
    "2026-10-25T00:15:00Z, 2026-10-25T00:30:00Z",
    "2026-10-25T01:15:00Z,"
  })
  void aChangeOfTheClocksMovesNoMute(Instant time, @Nullable Instant until) {
    Times times = new Times(LocalTime.of(1, 0), LocalTime.of(2, 30));
    assertQuiet(mute(Set.of(), Set.of(), List.of(times)), time, until);
  }

  @Test
  void ofSeveralRangesTheLatestEndCounts() {
    Times day = new Times(LocalTime.of(8, 0), LocalTime.of(12, 0));
    Times noon = new Times(LocalTime.of(11, 0), LocalTime.of(13, 0));
    Instant half = Instant.parse("2026-01-12T10:30:00Z");
    assertQuiet(mute(Set.of(), Set.of(), List.of(noon, day)), half, half.plusSeconds(5_400));
  }

  @Test
  void holdsFromAndTo() {
    Instant from = Instant.parse("2026-01-12T10:00:00Z");
    Instant to = Instant.parse("2026-01-12T11:00:00Z");
    Mute mute =
        new Mute(
            "m", matchers("severity=\"warning\""), BERLIN, Set.of(), Set.of(), List.of(), from, to);
    assertQuiet(mute, from.minusMillis(1), null);
    assertQuiet(mute, from, to);
    assertQuiet(mute, to.minusMillis(1), to);
    assertQuiet(mute, to, null);
  }

  @Test
  void holdsForTheAlertsThatAllMatchersMean() {
    Mute mute =
        new Mute(
            "deploy",
            matchers("severity=\"warning\"", "site=~\"A|B\""),
            BERLIN,
            Set.of(),
            Set.of(),
            List.of(),
            null,
            null);
    assertThat(mute.quiet(WARNING, 0))
        .isEqualTo(
            new Quiet("mute 'deploy'", Instant.parse("1970-01-01T23:00:00Z").toEpochMilli()));
    assertThat(mute.quiet(Map.of("severity", "warning", "site", "C"), 0)).isNull();
    assertThat(mute.quiet(Map.of("severity", "critical", "site", "A"), 0)).isNull();
    assertThat(mute.name()).isEqualTo("deploy");
  }

  @Test
  void atTheEndOfTimeNothingIsMuted() {
    Mute mute = mute(Set.of(), Set.of(), List.of());
    assertThat(mute.quiet(WARNING, Long.MIN_VALUE)).isNull();
    assertThat(mute.quiet(WARNING, Long.MAX_VALUE)).isNull();
  }

  @Test
  void theFirstThatHoldsGivesTheReason() {
    Mute night = mute(Set.of(), Set.of(), List.of(NIGHT));
    Mute always =
        new Mute(
            "always", matchers("site=\"A\""), BERLIN, Set.of(), Set.of(), List.of(), null, null);
    Mutes mutes = new Mutes(List.of(night, always));
    long midnightMs = Instant.parse("2026-01-12T23:00:00Z").toEpochMilli();
    Quiet quiet = mutes.quiet(WARNING, midnightMs);
    assertThat(quiet).isNotNull();
    assertThat(quiet.reason()).isEqualTo("mute 'night'");
    assertThat(mutes.quiet(WARNING, midnightMs + 40_000_000))
        .extracting(Quiet::reason)
        .isEqualTo("mute 'always'");
    assertThat(Mutes.NONE.quiet(WARNING, midnightMs)).isNull();
  }

  @Test
  void travels() throws Exception {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(new Mutes(List.of(mute(Set.of(), Set.of(), List.of(NIGHT)))));
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    Instant now = Instant.EPOCH;
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Mute(
                    " ", matchers("a=\"1\""), BERLIN, Set.of(), Set.of(), List.of(), null, null))
        .withMessage("name: must not be blank, was ' '");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Mute("m", List.of(), BERLIN, Set.of(), Set.of(), List.of(), null, null))
        .withMessage("matchers: must be at least one, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Mute("m", matchers("a=\"1\""), BERLIN, Set.of(), Set.of(), List.of(), now, now))
        .withMessage("to: must be after from, 1970-01-01T00:00:00Z, was 1970-01-01T00:00:00Z");
  }

  private static void assertQuiet(Mute mute, Instant time, @Nullable Instant until) {
    Quiet quiet = mute.quiet(WARNING, time.toEpochMilli());
    assertThat(quiet == null ? null : Instant.ofEpochMilli(quiet.untilMs()))
        .as("quiet at %s until", time)
        .isEqualTo(until);
  }

  private static Mute mute(Set<DayOfWeek> days, Set<Month> months, List<Times> times) {
    return new Mute(
        "night", matchers("severity=\"warning\""), BERLIN, days, months, times, null, null);
  }

  private static List<LabelMatcher> matchers(String... texts) {
    return List.of(texts).stream().map(LabelMatcher::parse).toList();
  }
}
