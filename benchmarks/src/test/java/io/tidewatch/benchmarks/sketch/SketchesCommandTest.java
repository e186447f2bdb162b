package io.tidewatch.benchmarks.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.benchmarks.JmhFrame;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.sketch.SketchesReport.Timing;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine;

class SketchesCommandTest {
  private static final List<Timing> TIMINGS =
      List.of(
          new Timing(
              "SketchBenchmark.add",
              Optional.of(SketchKind.TIDEWATCH),
              Distribution.LOGNORMAL,
              12.34,
              0.5),
          new Timing(
              "SketchBenchmark.add",
              Optional.of(SketchKind.HDR),
              Distribution.LOGNORMAL,
              9.87,
              Double.NaN),
          new Timing(
              "FeaturePaneBenchmark.merge", Optional.empty(), Distribution.LOGNORMAL, 45.6, 1),
          new Timing(
              "LatencyPaneBenchmark.moveSketch",
              Optional.empty(),
              Distribution.LOGNORMAL,
              78.9,
              Double.NaN));

  @Test
  void quickMeasuresOneDistributionInAnotherProcess() {
    Options options = options("--quick");

    assertThat(options.getParameter("distribution").get()).containsExactly("LOGNORMAL");
    assertThat(options.getParameter("sketch").get()).contains("TIDEWATCH");
    assertThat(options.getForkCount().get()).isEqualTo(1);
  }

  @Test
  void fullMeasuresAllSketchesAndDistributions() {
    Options options = options();

    assertThat(options.getParameter("distribution").hasValue()).isFalse();
    assertThat(options.getParameter("sketch").hasValue()).isFalse();
  }

  @Test
  void reportPutsWhatWasMeasuredIntoTables() {
    String text =
        new SketchesReport(
                TIMINGS,
                new JmhFrame(
                    new Machine("2026-11-21", "some machine"), "tidewatch bench sketches", 1, 2))
            .text();

    assertThat(text)
        .contains("`tidewatch bench sketches`", "some machine", "Load average 1.0")
        .containsPattern(
            "\\| `TIDEWATCH` \\| 12\\.3 ± 0\\.5 \\|  \\| 78\\.9 \\|  \\| [0-9,]+ \\| 0\\.\\d\\d % \\|")
        .contains("| `HDR` | 9.9 |")
        .contains("| LOGNORMAL |  | 45.6 ± 1.0 |  |  |")
        .doesNotContain("| `KLL` |");
  }

  @Test
  void jsonIsOneLine() throws IOException {
    assertThat(SketchesCommand.json(TIMINGS))
        .doesNotContain("\n")
        .startsWith("{\"ok\":true,\"bench\":\"sketches\"")
        .contains("\"nanos\":12.34");
  }

  private static Options options(String... arguments) {
    SketchesCommand command = new SketchesCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.options();
  }
}
