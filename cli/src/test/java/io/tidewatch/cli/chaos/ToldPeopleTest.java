package io.tidewatch.cli.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.cli.chaos.ChaosNotifier.Post;
import io.tidewatch.cli.chaos.ToldPeople.Absence;
import io.tidewatch.cli.chaos.ToldPeople.Event;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToldPeopleTest {
  private static final long STARTED_MS = 1_700_000_000_000L;

  private static final Event BEGIN = new Event("f1", STARTED_MS, false);
  private static final Event END = new Event("f1", STARTED_MS, true);

  /** An alert whose events came to the topic at 100 s and 120 s. */
  private static final Map<Event, Long> ALERT = Map.of(BEGIN, 100_000L, END, 120_000L);

  private static Post post(String key, long atMs, Event... events) {
    StringBuilder alerts = new StringBuilder();
    for (Event event : events) {
      alerts
          .append(alerts.isEmpty() ? "" : ",")
          .append(
              "{\"fingerprint\":\"%s\",\"startsAt\":\"%s\",\"status\":\"%s\"}"
                  .formatted(
                      event.fingerprint(),
                      Instant.ofEpochMilli(event.startedAtMs()),
                      event.over() ? "resolved" : "firing"));
    }
    return new Post(key, atMs, ("{\"alerts\":[" + alerts + "]}").getBytes(UTF_8));
  }

  @Test
  void eachEventInOneMessageIsExact() {
    var told =
        ToldPeople.of(
            ALERT, List.of(post("a", 100_300, BEGIN), post("b", 127_000, END)), List.of());

    assertThat(told.events().isExact()).isTrue();
    assertThat(told.events().wanted()).isEqualTo(2);
    assertThat(told.repeated()).isZero();
    assertThat(told.waited()).as("7 s").isEqualTo(1);
    assertThat(told.delaySeconds(.5)).hasValue(.3);
    assertThat(told.delaySeconds(1)).hasValue(7);
  }

  @Test
  void alertThatNobodyHeardOfIsLost() {
    var told = ToldPeople.of(ALERT, List.of(), List.of());

    assertThat(told.events().lost()).isEqualTo(2);
    assertThat(told.overBefore()).isZero();
    assertThat(told.delaySeconds(.5)).isEmpty();
  }

  @Test
  void endThatNobodyHeardOfIsLost() {
    assertThat(ToldPeople.of(ALERT, List.of(post("a", 100_300, BEGIN)), List.of()).events().lost())
        .isEqualTo(1);
  }

  @Test
  void alertThatWasOverAtOnceNeedNotBeTold() {
    Map<Event, Long> brief = Map.of(BEGIN, 100_000L, END, 101_000L);

    var told = ToldPeople.of(brief, List.of(), List.of());
    assertThat(told.events().isExact()).isTrue();
    assertThat(told.overBefore()).isEqualTo(1);
    assertThat(ToldPeople.of(brief, List.of(post("a", 100_300, BEGIN)), List.of()).events().lost())
        .as("its end, when it was told")
        .isEqualTo(1);
  }

  @Test
  void alertThatBeganAndEndedWhileTheNotifierWasAwayNeedNotBeTold() {
    assertThat(told(new Absence(95_000, 125_000)).overBefore()).isEqualTo(1);
    assertThat(told(new Absence(95_000, 106_000), new Absence(108_000, 125_000)).overBefore())
        .as("2 s between two absences")
        .isEqualTo(1);
    assertThat(told(new Absence(60_000, 110_000)).events().lost()).as("back for 10 s").isEqualTo(2);
  }

  private static ToldPeople told(Absence... absences) {
    return ToldPeople.of(ALERT, List.of(), List.of(absences));
  }

  @Test
  void sameKeyIsARepetitionAndAnotherKeyIsWrong() {
    List<Post> again =
        List.of(post("a", 100_300, BEGIN), post("a", 103_000, BEGIN), post("b", 121_000, END));
    assertThat(ToldPeople.of(ALERT, again, List.of()).events().isExact()).isTrue();
    assertThat(ToldPeople.of(ALERT, again, List.of()).repeated()).isEqualTo(1);

    List<Post> twice =
        List.of(post("a", 100_300, BEGIN), post("c", 103_000, BEGIN), post("b", 121_000, END));
    assertThat(ToldPeople.of(ALERT, twice, List.of()).events().wrong()).isEqualTo(1);
  }

  @Test
  void inventionIsNotWanted() {
    Map<Event, Long> none = new HashMap<>();

    assertThat(ToldPeople.of(none, List.of(post("a", 1, BEGIN)), List.of()).events().unexpected())
        .isEqualTo(1);
  }
}
