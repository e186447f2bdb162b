package io.tidewatch.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.decode.MessageFormat;
import io.tidewatch.benchmarks.decode.MessageKind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class PipelineCommandTest {
  private static final PipelineSpec JOB =
      new PipelineSpec(MessageKind.LATENCY, MessageFormat.AVRO, Stage.JOB);

  @Test
  void quickMeasuresOneJobBesideItsCeilingOnce() {
    PipelinePlan plan = plan("--quick");

    assertThat(plan.repetitions()).isEqualTo(1);
    assertThat(plan.specs())
        .containsExactly(
            new PipelineSpec(MessageKind.LATENCY, MessageFormat.JSON, Stage.DECODE),
            new PipelineSpec(MessageKind.LATENCY, MessageFormat.JSON, Stage.JOB));
    assertThat(plan.topics()).hasSize(1);
    assertThat(plan.records()).isGreaterThan(plan.warmUpRecords());
  }

  @Test
  void fullAlsoMeasuresBytesAndRepeats() {
    PipelinePlan plan = plan();

    assertThat(plan.specs())
        .contains(new PipelineSpec(MessageKind.TELEMETRY, MessageFormat.JSON, Stage.BYTES));
    assertThat(plan.topics()).hasSize(4);
    assertThat(plan.repetitions()).isGreaterThanOrEqualTo(3);
    assertThat(plan("--repetitions", "2").repetitions()).isEqualTo(2);
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> plan("--repetitions", "0"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--repetitions: must be ≥ 1, was 0");
  }

  @Test
  void comparesEachJobWithItsCeilingOfTheSameRepetition() throws IOException {
    PipelineResults results = new PipelineResults();
    for (double speed : new double[] {1, 2, 4}) {
      results.beginRepetition();
      results.add(result(JOB.withStage(Stage.DECODE), 1000 * speed));
      results.add(result(JOB, 600 * speed));
    }
    PipelineReport report = new PipelineReport(plan(), results);

    assertThat(report.text(new Machine("2026-11-21", "some machine"), "tidewatch x", List.of("-X")))
        .contains("`tidewatch x`", "some machine", "(`-X`)")
        .contains("| LATENCY AVRO: job / ceiling | ≥ 0.70 | 0.600 (0.600–0.600) | no |")
        .contains("| LATENCY | AVRO | `JOB` | 1,200 (600–2,400) | 0.60 (0.60–0.60) |");
    assertThat(report.json())
        .doesNotContain("\n")
        .startsWith("{\"ok\":true,\"bench\":\"pipeline\"")
        .contains("\"measured\":0.6,\"reached\":false");
  }

  private static PipelineResult result(PipelineSpec spec, double perCpuSecond) {
    return new PipelineResult(spec, (long) perCpuSecond, 1, 1, 0.5, 1, 0, 0, 7);
  }

  private static PipelinePlan plan(String... arguments) {
    PipelineCommand command = new PipelineCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.plan();
  }
}
