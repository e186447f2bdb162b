package io.tidewatch.benchmarks.forest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.benchmarks.JmhFrame;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.forest.ForestReport.Timing;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine;

class ForestCommandTest {
  private static final List<Timing> TIMINGS =
      List.of(
          new Timing("ForestBenchmark.fit", ForestKind.TIDEWATCH, 2_345.6, Double.NaN),
          new Timing("ForestBenchmark.score", ForestKind.TIDEWATCH, 2.5, 0.25),
          new Timing("ForestBenchmark.score", ForestKind.RANDOM_CUT, 80, 3));

  @ParameterizedTest
  @EnumSource(ForestKind.class)
  void eachForestScoresWhatLiesApartAboveTheRest(ForestKind kind) {
    AnomalyScorer scorer = kind.grow(BenchmarkRows.of(1), 1);
    double[][] asked = BenchmarkRows.of(2);
    double[] apart = asked[1].clone();
    for (int feature = 0; feature < apart.length; feature++) {
      apart[feature] *= 5;
    }

    assertThat(scorer.score(apart)).isGreaterThan(scorer.score(asked[1]));
    assertThat(scorer.scores(asked)[1]).isEqualTo(scorer.score(asked[1]));
  }

  @Test
  void measuresAllOnOneThreadOfAnotherProcess() {
    ForestCommand command = new ForestCommand();
    new CommandLine(command).parseArgs("--quick");
    Options options = command.options();

    assertThat(options.getForkCount().get()).isEqualTo(1);
    assertThat(options.getJvmArgsPrepend().get())
        .contains("-Djava.util.concurrent.ForkJoinPool.common.parallelism=0");
  }

  @Test
  void reportPutsWhatWasMeasuredIntoATableAndHoldsItAgainstTheGoals() {
    String text =
        new ForestReport(
                TIMINGS,
                new JmhFrame(
                    new Machine("2026-11-21", "some machine"), "tidewatch bench forest", 1, 2))
            .text();

    assertThat(text)
        .contains("`tidewatch bench forest`", "some machine", "Load average 1.0")
        .contains("| `TIDEWATCH` | 2,345.60 | 2.50 ± 0.25 |  |  |")
        .contains("| `RANDOM_CUT` |  | 80.00 ± 3.00 |  |  |")
        .contains("| ForestBenchmark.fit | 3,000.0 | 2,345.6 | met |")
        .contains("| ForestBenchmark.score | 2.0 | 2.5 | **missed** |")
        .contains("| ForestBenchmark.score, `RANDOM_CUT` | 80 | 32.0 | **missed** |")
        .doesNotContain("| ForestBenchmark.fit, `RANDOM_CUT`")
        .doesNotContain("| `SMILE_FIT` |", "| ForestBenchmark.scores |");
  }

  @Test
  void jsonIsOneLine() throws IOException {
    assertThat(ForestCommand.json(TIMINGS))
        .doesNotContain("\n")
        .startsWith("{\"ok\":true,\"bench\":\"forest\"")
        .contains("\"micros\":2.5");
  }
}
