package io.tidewatch.notifier.group;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.event;
import static io.tidewatch.notifier.Events.firing;
import static io.tidewatch.notifier.Events.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.group.Grouper.Accepted;
import io.tidewatch.notifier.route.GroupTiming;
import io.tidewatch.notifier.route.Route;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Group wait 10 s, group interval 60 s, repeat interval 600 s, grouped by the name of the rule. */
class GrouperTest {
  private static final Route ROUTE =
      new Route(
          "",
          "ops",
          List.of(),
          false,
          List.of("alertname"),
          new GroupTiming(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(600)));

  private final Grouper grouper = new Grouper(ROUTE, Duration.ofDays(1));

  private List<String> due(long second) {
    return grouper.due(T0 + second * 1000).stream()
        .flatMap(flush -> flush.alerts().stream())
        .map(alert -> alert.status() + " " + alert.labels().get("device_id"))
        .toList();
  }

  private Accepted accept(AlertEvent event, long second) {
    return grouper.accept(event, T0 + second * 1000);
  }

  @Test
  void theFirstMessageComesAfterTheGroupWait() {
    accept(firing("Cpu", "a", T0), 0);
    accept(firing("Cpu", "b", T0), 9);

    assertThat(due(9)).isEmpty();
    assertThat(due(10)).containsExactly("FIRING a", "FIRING b");
    assertThat(due(11)).isEmpty();
  }

  @Test
  void theNextComesNoSoonerThanTheGroupInterval() {
    accept(firing("Cpu", "a", T0), 0);
    assertThat(due(10)).hasSize(1);
    accept(firing("Cpu", "b", T0), 12);

    assertThat(due(69)).isEmpty();
    assertThat(due(70)).containsExactly("FIRING b", "FIRING a");
  }

  @Test
  void aGroupThatWasSilentForTheIntervalWaitsLikeANewOne() {
    accept(firing("Cpu", "a", T0), 0);
    due(10);
    accept(firing("Cpu", "b", T0), 100);

    assertThat(due(109)).isEmpty();
    assertThat(due(110)).containsExactly("FIRING b", "FIRING a");
  }

  @Test
  void anEndIsToldOnce() {
    accept(firing("Cpu", "a", T0), 0);
    due(10);
    accept(resolved("Cpu", "a", T0, T0 + 20_000), 20);

    assertThat(due(70)).containsExactly("RESOLVED a");
    assertThat(due(10_000)).isEmpty();
  }

  @Test
  void whatIsOverBeforeItIsToldIsNotTold() {
    accept(firing("Cpu", "a", T0), 0);
    assertThat(accept(resolved("Cpu", "a", T0, T0 + 5_000), 5))
        .isEqualTo(Accepted.OVER_BEFORE_TOLD);
    assertThat(due(10)).isEmpty();
    assertThat(due(1_000)).isEmpty();
  }

  @Test
  void whatStillFiresIsRepeated() {
    accept(firing("Cpu", "a", T0), 0);
    due(10);

    assertThat(due(609)).isEmpty();
    assertThat(due(610)).containsExactly("FIRING a");
    assertThat(due(1_209)).isEmpty();
    assertThat(due(1_210)).containsExactly("FIRING a");
  }

  @Test
  void eachMessageOfAGroupHasANumber() {
    accept(firing("Cpu", "a", T0), 0);
    assertThat(grouper.due(T0 + 10_000)).extracting(Flush::sequence).containsExactly(1L);
    assertThat(grouper.due(T0 + 610_000)).extracting(Flush::sequence).containsExactly(2L);
  }

  @Test
  void groupsDoNotWaitForEachOther() {
    accept(firing("Cpu", "a", T0), 0);
    accept(firing("Disk", "a", T0), 5);
    assertThat(grouper.due(T0 + 10_000))
        .extracting(Flush::groupLabels)
        .hasToString("[{alertname=Cpu}]");
    assertThat(grouper.due(T0 + 15_000))
        .extracting(Flush::groupLabels)
        .hasToString("[{alertname=Disk}]");
  }

  @Test
  void repeatedEventsAreTakenOnce() {
    assertThat(accept(firing("Cpu", "a", T0), 0)).isEqualTo(Accepted.TAKEN);
    assertThat(accept(firing("Cpu", "a", T0), 1)).isEqualTo(Accepted.NOTHING_NEW);
    due(10);
    accept(resolved("Cpu", "a", T0, T0 + 20_000), 20);
    assertThat(due(70)).hasSize(1);

    // a job goes back to its last checkpoint
    assertThat(accept(firing("Cpu", "a", T0), 80)).isEqualTo(Accepted.NOTHING_NEW);
    assertThat(accept(resolved("Cpu", "a", T0, T0 + 20_000), 80)).isEqualTo(Accepted.NOTHING_NEW);
    assertThat(due(1_000)).isEmpty();
  }

  @Test
  void anEarlierEpisodeSaysNothingNewOfALaterOne() {
    accept(firing("Cpu", "a", T0 + 50_000), 0);
    assertThat(accept(resolved("Cpu", "a", T0, T0 + 20_000), 1)).isEqualTo(Accepted.NOTHING_NEW);
    assertThat(due(10)).containsExactly("FIRING a");
  }

  @Test
  void aNewEpisodeIsToldAgain() {
    accept(firing("Cpu", "a", T0), 0);
    due(10);
    accept(resolved("Cpu", "a", T0, T0 + 20_000), 20);
    due(70);
    accept(firing("Cpu", "a", T0 + 200_000), 200);
    assertThat(due(210)).containsExactly("FIRING a");
  }

  @Test
  void otherStatusesThanResolvedAreActive() {
    accept(event("Cpu", "a", AlertStatus.NO_DATA, T0, T0, true), 0);
    accept(event("Cpu", "b", AlertStatus.FLAPPING, T0, T0, true), 0);
    assertThat(due(10)).containsExactly("NO_DATA a", "FLAPPING b");
    assertThat(due(610)).hasSize(2);
  }

  @Test
  void whatPeopleAreNotToldOfStaysSilent() {
    assertThat(accept(event("Cpu", "a", AlertStatus.SUPPRESSED, T0, T0, false), 0))
        .isEqualTo(Accepted.NOTHING_NEW);
    assertThat(due(1_000)).isEmpty();
  }

  @Test
  void aSuppressedAlertIsNotRepeatedButItsEndIsTold() {
    accept(firing("Cpu", "a", T0), 0);
    due(10);
    accept(event("Cpu", "a", AlertStatus.SUPPRESSED, T0, T0 + 20_000, false), 20);
    assertThat(due(5_000)).isEmpty();
    accept(resolved("Cpu", "a", T0, T0 + 6_000_000), 6_000);
    assertThat(due(6_010)).containsExactly("RESOLVED a");
  }

  @Test
  void aSilentEndEndsTheRepetition() {
    accept(firing("Cpu", "a", T0), 0);
    due(10);
    accept(event("Cpu", "a", AlertStatus.RESOLVED, T0, T0 + 20_000, false), 20);
    assertThat(due(5_000)).isEmpty();
    assertThat(due(5_001)).isEmpty();
    assertThat(grouper.groups()).isZero();
  }

  @Test
  void groupsAndAlertsThatAreOverAreForgotten() {
    accept(firing("Cpu", "a", T0), 0);
    due(10);
    accept(resolved("Cpu", "a", T0, T0 + 20_000), 20);
    due(70);
    assertThat(grouper.groups()).isOne();
    due(130);
    assertThat(grouper.groups()).isZero();
    assertThat(grouper.alerts()).hasSize(1);

    grouper.changes();
    due(2 * 86_400);
    assertThat(grouper.alerts()).isEmpty();
    assertThat(grouper.changes().alerts()).containsEntry("Cpu|a", null);
  }

  @Test
  void tenThousandAlertsInASecondAreOneMessage() {
    for (int i = 0; i < 10_000; i++) {
      accept(firing("Cpu", "device-" + i, T0), 0);
    }
    assertThat(grouper.due(T0 + 10_000))
        .singleElement()
        .satisfies(flush -> assertThat(flush.alerts()).hasSize(10_000));
    assertThat(due(599)).isEmpty();
  }

  @Test
  void aRouteThatIsNoMoreIsForgotten() {
    accept(firing("Cpu", "a", T0), 0);
    due(10);
    Changes changes = grouper.changes();
    Route other = new Route("", "others", List.of(), false, List.of(), ROUTE.timing());
    Grouper next = new Grouper(other, Duration.ofDays(1));
    next.restore(
        List.of(firing("Cpu", "a", T0)),
        changes.groups().values(),
        Map.of(new Told(changes.groups().keySet().iterator().next(), "Cpu|a"), "x"),
        T0 + 20_000);

    Changes forgotten = next.changes();
    assertThat(forgotten.groups()).hasSize(1).containsValue(null);
    assertThat(forgotten.told()).hasSize(1).containsValue(null);
    assertThat(next.due(T0 + 30_000))
        .singleElement()
        .extracting(Flush::receiver)
        .isEqualTo("others");
  }
}
