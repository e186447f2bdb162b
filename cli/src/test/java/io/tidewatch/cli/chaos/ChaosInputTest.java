package io.tidewatch.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.WindowOracle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private static SentInput sent(Twist twist) {
    ChaosInput input = new ChaosInput(1, START_MS, PER_SECOND, twist, MODELS);
    SentInput sent = new SentInput(input);
    for (int i = 0; i < MESSAGES; i++) {
      sent.add(input.next());
    }
    return sent;
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
    SentInput sent = sent(Twist.NONE);

    assertThat(sent.refused()).isZero();
    assertThat(sent.sent()).isEqualTo(MESSAGES);
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
    assertThat(sent(twist).refused()).isBetween(MESSAGES / 80L, MESSAGES / 10L);
  }

  @Test
  void rowsAreThoseOfAllMessagesAtOnce() {
    WindowSpec window = new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1));
    Map<RowKey, Double> counts = new HashMap<>();
    messages(1, Twist.NONE).stream()
        .flatMap(message -> Stream.ofNullable(message.request()))
        .collect(Collectors.groupingBy(ApiLatency::endpoint))
        .forEach(
            (endpoint, requests) ->
                WindowOracle.windows(requests, ApiLatency::eventTimeMs, window)
                    .forEach(
                        (endMs, inWindow) ->
                            counts.put(
                                new RowKey(
                                    RowKey.LATENCY,
                                    List.of("shop", endpoint, "GET"),
                                    endMs - window.sizeMs(),
                                    endMs),
                                (double) inWindow.size())));

    Map<RowKey, Double> got = new HashMap<>();
    ExpectedRows.of(sent(Twist.NONE), MODELS.get(ChaosInput.MODEL), window)
        .forEach(
            (key, row) -> {
              if (key.table().equals(RowKey.LATENCY)) {
                got.put(key, row.get("count").value());
              }
            });

    assertThat(got).isEqualTo(counts);
  }

  @Test
  void messagesAreMadeAgain() {
    List<byte[]> again = new ArrayList<>();
    sent(Twist.POISON).forEach(message -> again.add(message.value()));

    assertThat(again)
        .usingElementComparator(Arrays::compare)
        .isEqualTo(messages(1, Twist.POISON).stream().map(ChaosInput.Message::value).toList());
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
