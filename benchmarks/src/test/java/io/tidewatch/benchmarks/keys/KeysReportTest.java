package io.tidewatch.benchmarks.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.variant.Setting;
import io.tidewatch.benchmarks.windows.RunResult;
import io.tidewatch.benchmarks.windows.RunSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class KeysReportTest {
  private static final KeysSpec WAVES =
      new KeysSpec(WindowKind.LATENCY, Setting.DISK, 60, 30, 1000, Waves.ONCE, 1, true);
  private static final KeysSpec SIZE =
      new KeysSpec(WindowKind.FEATURES, Setting.HEAP, 10, 1, 100, 1, 1, false);

  @Test
  void goalsAreReachedWhenEverythingHasReturned() {
    assertThat(KeysGoal.of(List.of(waves(0, 5_000, 42_000_000, WAVES.windowsDue()))))
        .hasSize(4)
        .allMatch(KeysGoal::reached);
  }

  @Test
  void eachGoalCanBeMissed() {
    assertThat(KeysGoal.of(List.of(waves(1, 5_600, 45_000_000, WAVES.windowsDue() - 1))))
        .hasSize(4)
        .noneMatch(KeysGoal::reached);
  }

  @Test
  void tellsGoalsMomentsSizesAndPaces() {
    String text =
        new KeysReport(
                KeysPlan.quick(),
                results(),
                new Machine("2026-11-21", "some machine"),
                "tidewatch bench keys",
                List.of("-Xmx512m"))
            .text();

    assertThat(text)
        .contains("`tidewatch bench keys`", "some machine", "`-Xmx512m`", "512 MB of managed")
        .contains("latency, 1,000 keys: savepoint after a wave / base | ≤ 1.10 | 1 | yes |")
        .contains("latency, 1,000 keys: heap after a wave / base | ≤ 1.10 | 1.050 | yes |")
        .contains("| wave 1 | 1,000 | 1,000 | 1.0 | 80.0 | 300.0 | 2.0 | 3.0 | 2,000 |")
        .contains("| features | 10 | 1 | 1,000 | 40,000 | 4,000 | 995 | 100 |")
        .contains("| 60 | 200,000 | 10,000 | 20.0 |")
        .contains("| 1 | 200,000 | not full |  |");
  }

  @Test
  void jsonIsOneLine() throws IOException {
    String json = results().json();

    assertThat(json).doesNotContain("\n");
    JsonNode root = new ObjectMapper().readTree(json);
    assertThat(root.path("ok").asBoolean()).isTrue();
    assertThat(root.path("goals")).hasSize(4).allMatch(goal -> goal.path("reached").asBoolean());
    assertThat(root.path("bytesPerKey").path(0).path("heapBytes").asDouble()).isEqualTo(40_000);
    assertThat(root.path("pace").path(0).path("ratio").asDouble()).isEqualTo(20);
  }

  @Test
  void quickDoesTheSameWithFewerKeys() {
    KeysPlan quick = plan("--quick");

    assertThat(quick.returns()).allMatch(spec -> spec.keys() == KeysPlan.QUICK_KEYS);
    assertThat(quick.returns()).allMatch(spec -> spec.waves() == 3 && spec.drained());
    assertThat(quick.sizes()).extracting(KeysSpec::kind).containsExactly(WindowKind.values());
    assertThat(quick.paces()).isNotEmpty();
  }

  @Test
  void fullTakesAMillionKeysOfBothKindsAndAllSizes() {
    KeysPlan full = plan();

    assertThat(full.returns())
        .extracting(KeysSpec::kind)
        .containsExactly(WindowKind.LATENCY, WindowKind.FEATURES);
    assertThat(full.returns()).allMatch(spec -> spec.keys() == 1_000_000);
    assertThat(full.sizes()).extracting(KeysSpec::overlap).contains(1, 10, 60, 600);
    assertThat(full.sizes()).extracting(KeysSpec::perKeyAndSecond).contains(1, 10, 100);
    assertThat(full.sizes()).allMatch(spec -> (long) spec.keys() * spec.overlap() >= 20_000);
  }

  @Test
  void keysAreThoseAskedFor() {
    assertThat(plan("--keys", "5000").returns()).allMatch(spec -> spec.keys() == 5_000);
    assertThatThrownBy(() -> plan("--keys", "0"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--keys: must be ≥ 1, was 0");
  }

  private static KeysPlan plan(String... arguments) {
    KeysCommand command = new KeysCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.plan();
  }

  private static KeysResults results() {
    KeysResult size =
        new KeysResult(
            SIZE,
            List.of(
                moment("base", 0, 5_000, 40_000_000, 0),
                moment("wave 1", 1_000, 1_000_000, 80_000_000, 0)));
    Paces paces = new Paces();
    paces.add(pace(60, 200_000, true), pace(60, 10_000, true));
    paces.add(pace(1, 200_000, true), pace(1, 10_000, false));
    return new KeysResults(
        List.of(waves(0, 5_000, 42_000_000, WAVES.windowsDue())), List.of(size), paces);
  }

  private static KeysResult waves(long left, long leftFileBytes, long leftHeap, long windows) {
    return new KeysResult(
        WAVES,
        List.of(
            moment("base", 0, 5_000, 40_000_000, 100),
            moment("wave 1", 1_000, 1_000_000, 80_000_000, 100),
            moment("after 1", left, leftFileBytes, leftHeap, windows)));
  }

  private static Moment moment(
      String name, long keys, long fileBytes, long heapBytes, long windows) {
    return new Moment(
        name,
        new Census(keys, 80 * keys, keys, 40 * keys, fileBytes),
        heapBytes,
        300_000_000,
        2_000_000,
        2 * keys,
        3_000_000,
        windows);
  }

  private static RunResult pace(int overlap, long records, boolean filled) {
    return new RunResult(
        new RunSpec("latency", 1, overlap, 10), records, 10, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, filled);
  }
}
