package io.tidewatch.benchmarks.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.sinks.SinkResult.Batches;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class SinksCommandTest {

  @Test
  void quickIsAMomentAndFullIsRepeated() {
    assertThat(plan("--quick").rows()).isLessThan(plan().rows());
    assertThat(plan("--quick").repetitions()).isEqualTo(1);
    assertThat(plan().repetitions()).isGreaterThanOrEqualTo(3);
    assertThat(plan().delaysMs()).containsExactly(0, 5, 50);
    assertThat(plan("--repetitions", "2").repetitions()).isEqualTo(2);
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> plan("--repetitions", "0"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--repetitions: must be ≥ 1, was 0");
  }

  @Test
  void comparesSinksOfTheSameRepetition() throws IOException {
    SinksResults results = new SinksResults();
    for (double load : new double[] {1, 2, 4}) {
      results.add(result(SinkKind.STOCK, 8 * load));
      results.add(result(SinkKind.TIDEWATCH, 2 * load));
      results.add(result(SinkKind.COPY, load));
    }
    results.addDelayed(
        new SinkResult(SinkKind.COPY, 50, 1_000, 4, 1, 1, new Batches(2, 1_500, 2_000)));
    SinksReport report = new SinksReport(plan(), results);

    assertThat(report.text(new Machine("2026-11-21", "some machine"), "tidewatch x"))
        .contains(
            "| `TIDEWATCH` / `STOCK` | ≥ 2.0 | 4.00 (4.00–4.00) | yes |",
            "| `TIDEWATCH` / `COPY` | ≥ 0.5 | 0.50 (0.50–0.50) | yes |",
            "| `STOCK_REWRITTEN` |  |  |  |  |  |",
            "| 50 ms | `COPY` | 250 | 2 | 1500.0 | 2000.0 |");
    assertThat(report.json())
        .contains(
            "{\"goal\":\"TIDEWATCH / STOCK\",\"target\":2.0,\"measured\":4.0,\"reached\":true}",
            "\"delays\":[{\"delayMs\":50,\"sink\":\"COPY\",\"rowsPerSecond\":250.0")
        .doesNotContain("\n");
  }

  private static SinkResult result(SinkKind kind, double cpuSeconds) {
    return new SinkResult(
        kind, 0, 1_000, cpuSeconds, cpuSeconds / 4, cpuSeconds * 3 / 4, new Batches(2, 5, 6));
  }

  private static SinksPlan plan(String... arguments) {
    SinksCommand command = new SinksCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.plan();
  }
}
