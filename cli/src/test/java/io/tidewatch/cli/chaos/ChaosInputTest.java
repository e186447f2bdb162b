package io.tidewatch.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChaosInputTest {
  private static final long START_MS = 1_700_000_000_000L;
  private static final int MESSAGES = 12_000;

  /** So that the messages are two minutes long. */
  private static final double PER_SECOND = 100;

  private static final TelemetryModels MODELS =
      ModelFiles.load(
          YamlLoader.ofProcess(),
          Path.of(System.getProperty("tidewatch.root", ".."), "flink-conf", "models"));

  private static List<ChaosInput.Message> messages(long seed, Twist twist) {
    ChaosInput input = new ChaosInput(seed, START_MS, PER_SECOND, twist, MODELS);
    List<ChaosInput.Message> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      messages.add(input.next());
    }
    return messages;
  }

  private static long elapsedMs(int number) {
    return (long) (number * 1000 / PER_SECOND);
  }

  @ParameterizedTest
  @EnumSource(Twist.class)
  void sameSeedGivesTheSameBytesAndAnotherOneOthers(Twist twist) {
    List<byte[]> bytes = messages(1, twist).stream().map(ChaosInput.Message::value).toList();
    List<byte[]> again = messages(1, twist).stream().map(ChaosInput.Message::value).toList();
    List<byte[]> other = messages(2, twist).stream().map(ChaosInput.Message::value).toList();

    for (int i = 0; i < MESSAGES; i++) {
      assertThat(Arrays.equals(bytes.get(i), again.get(i))).isTrue();
    }
    assertThat(Arrays.equals(bytes.get(0), other.get(0))).isFalse();
  }

  @Test
  void plainInputHasNothingToRefuseAndAlertsOfBothRules() {
    SentInput sent = new SentInput();
    messages(1, Twist.NONE).forEach(sent::add);

    assertThat(sent.refused()).isZero();
    assertThat(sent.sent()).isEqualTo(MESSAGES);
    assertThat(sent.readings()).hasSize(MESSAGES / 2);
    var rows =
        ExpectedRows.of(
            sent,
            MODELS.get(ChaosInput.MODEL),
            new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1)));
    for (PlannedRule rule : PlannedRule.ALL) {
      assertThat(ExpectedAlerts.of(rows, List.of(rule))).hasSizeGreaterThanOrEqualTo(6);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Twist.class,
      names = {"POISON", "WRONG_CLOCK"})
  void someMessagesMustBeRefusedAndMostMustNot(Twist twist) {
    SentInput sent = new SentInput();
    messages(1, twist).forEach(sent::add);

    assertThat(sent.refused()).isBetween(MESSAGES / 80L, MESSAGES / 10L);
    assertThat(sent.refused() + sent.readings().size() + sent.requests().size())
        .isEqualTo(MESSAGES);
  }

  @Test
  void silentPartitionIsSilentForAMinuteAndHasMessagesBeforeAndAfter() {
    List<ChaosInput.Message> messages = messages(1, Twist.SILENT_PARTITION);

    for (int i = 0; i < MESSAGES; i++) {
      if (elapsedMs(i) >= 20_000 && elapsedMs(i) < 80_000) {
        assertThat(messages.get(i).partition()).isZero();
      }
    }
    assertThat(messages.subList(0, 2_000)).anyMatch(message -> message.partition() == 1);
    assertThat(messages.subList(8_000, MESSAGES)).anyMatch(message -> message.partition() == 1);
  }
}
