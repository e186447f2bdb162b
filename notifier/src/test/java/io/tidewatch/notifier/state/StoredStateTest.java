package io.tidewatch.notifier.state;

import static io.tidewatch.notifier.Events.T0;
import static io.tidewatch.notifier.Events.firing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.Configs;
import io.tidewatch.notifier.group.GroupState;
import io.tidewatch.notifier.group.Told;
import io.tidewatch.notifier.message.Notification;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.testkit.SerializedGadget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredStateTest {
  private final StoredState state = new StoredState();
  private final StateCodec codec = new StateCodec();

  @Test
  void theLastValueOfAKeyCounts() {
    AlertEvent alert = firing("Cpu", "a/b", T0);
    GroupState group = new GroupState("g1", "all{}", Map.of("a", "1"), 3, T0, GroupState.NEVER);
    state.apply(StateKey.ofAlert(alert.fingerprint()), new AlertEventCodec().encode(alert));
    state.apply(StateKey.ofGroup("g1"), codec.encode(group));
    Told told = new Told("g1", "Cpu|a/b");
    state.apply(StateKey.of(told), "event-1".getBytes(UTF_8));
    state.apply(StateKey.of(told), "event-2".getBytes(UTF_8));

    assertThat(state.alerts()).containsExactly(alert);
    assertThat(state.groups()).containsExactly(group);
    assertThat(state.told()).containsOnly(Map.entry(told, "event-2"));

    state.apply(StateKey.ofAlert(alert.fingerprint()), null);
    state.apply(StateKey.ofGroup("g1"), null);
    state.apply(StateKey.of(told), null);
    assertThat(state.alerts()).isEmpty();
    assertThat(state.groups()).isEmpty();
    assertThat(state.told()).isEmpty();
  }

  @Test
  void whatIsSettledNoLongerWaits() {
    Notification later = Configs.notification("k2", firing("Cpu", "b", T0));
    Notification first = Configs.notification("k1", firing("Cpu", "a", T0));
    state.apply(StateKey.of(later), codec.pending(later));
    state.apply(StateKey.of(first), codec.pending(first));
    assertThat(state.pending()).containsExactly(first, later);
    assertThat(state.settled()).isEmpty();

    state.apply(StateKey.of(first), codec.settled(Settlement.SENT, T0 + 5));
    assertThat(state.pending()).containsExactly(later);
    assertThat(state.settled()).containsOnly(Map.entry("delivery/web/k1", T0 + 5));

    state.apply(StateKey.of(first), null);
    assertThat(state.settled()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alert/x", "group/x", "delivery/web/x", "told/no-second-slash", "other", ""})
  void whatNobodyCanReadIsLeftOut(String key) {
    state.apply(key, "{".getBytes(UTF_8));
    assertThat(state.alerts()).isEmpty();
    assertThat(state.groups()).isEmpty();
    assertThat(state.pending()).isEmpty();
    assertThat(state.told()).isEmpty();
  }

  @Test
  void objectsThatSomebodyElseWroteThereAreNotMade() {
    for (byte[] gadget : SerializedGadget.messages()) {
      for (String kind : List.of("alert/a", "group/g1", "delivery/web/k1", "told/g1/Cpu|a")) {
        state.apply(kind, gadget);
        state.apply(new String(gadget, UTF_8), gadget);
      }
    }

    assertThat(SerializedGadget.made()).isZero();
    assertThat(state.alerts()).isEmpty();
    assertThat(state.pending()).isEmpty();
  }

  @Test
  void aGroupThatNeverSpokeSurvives() throws Exception {
    GroupState group = new GroupState("g1", "r", Map.of(), 0, GroupState.NEVER, T0);
    assertThat(codec.group("g1", codec.encode(group))).isEqualTo(group);
  }
}
