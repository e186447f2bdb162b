package io.tidewatch.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration CHECKPOINT = Duration.ofMinutes(2);
  private static final Duration RESTART = Duration.ofMinutes(10);
  private static final Duration BROKER = Duration.ofMinutes(15);

  @Test
  void takesATransactionThatOutlivesCheckpointAndRestart() {
    assertThat(refusal("PT12M10S")).isNull();
    assertThat(refusal("PT15M")).isNull();
  }

  @Test
  void refusesOneThatMayEndBeforeItIsCommitted() {
    assertThat(refusal("PT12M9S"))
        .isEqualTo(
            "alerting.transaction_timeout: must be ≥ PT12M10S, which is"
                + " execution.checkpointing.interval (PT10S) + execution.checkpointing.timeout"
                + " (PT2M) + alerting.restart_budget (PT10M), or alerts are lost without an error,"
                + " was PT12M9S");
  }

  @Test
  void refusesOneThatTheBrokerDoesNotAllow() {
    assertThat(refusal("PT15M1S"))
        .isEqualTo(
            "alerting.transaction_timeout: must be ≤ transaction.max.timeout.ms of the broker"
                + " (PT15M), was PT15M1S");
  }

  @Test
  void needsCheckpoints() {
    String expected =
        "alerting.delivery: exactly-once needs checkpoints, and execution.checkpointing.interval is"
            + " not set";
    assertThat(ExactlyOnce.refusal(BROKER, null, CHECKPOINT, RESTART, BROKER)).isEqualTo(expected);
    assertThat(ExactlyOnce.refusal(BROKER, Duration.ZERO, CHECKPOINT, RESTART, BROKER))
        .isEqualTo(expected);
  }

  private static String refusal(String timeout) {
    return ExactlyOnce.refusal(Duration.parse(timeout), INTERVAL, CHECKPOINT, RESTART, BROKER);
  }
}
