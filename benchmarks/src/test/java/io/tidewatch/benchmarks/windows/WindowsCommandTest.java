package io.tidewatch.benchmarks.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class WindowsCommandTest {

  @Test
  void quickMeasuresFewVariantsOnceForAMoment() {
    Plan plan = plan("--quick");

    assertThat(plan.repetitions()).isEqualTo(1);
    assertThat(plan.times().measuredSeconds()).isLessThanOrEqualTo(3);
    assertThat(plan.specs())
        .extracting(RunSpec::variant)
        .containsExactly("window", "source", "tidewatch", "tidewatch-two-phase");
    assertThat(plan.specs()).allMatch(spec -> spec.overlap() == 60 && spec.parallelism() == 1);
  }

  @Test
  void fullMeasuresOverlapsRatesAndParallelism() {
    Plan plan = plan();

    assertThat(plan.repetitions()).isGreaterThanOrEqualTo(3);
    assertThat(plan.specs())
        .doesNotHaveDuplicates()
        .contains(
            new RunSpec("tidewatch", 1, 1, 100),
            new RunSpec("tidewatch", 1, 600, 100),
            new RunSpec("tidewatch-without-checkpoints", 1, 600, 100),
            new RunSpec("window", 1, 600, 100),
            new RunSpec("running", 1, 60, 10),
            new RunSpec("sql-sketch", 2, 60, 100),
            new RunSpec("features-two-phase", 1, 60, 100),
            new RunSpec("tidewatch-two-phase", 1, 60, 1))
        .doesNotContain(new RunSpec("plain", 2, 60, 100));
  }

  @Test
  void argumentsWinOverQuick() {
    Plan plan =
        plan("--quick", "--variants", "tidewatch,source", "--repetitions", "3", "--seconds", "1");

    assertThat(plan.specs()).extracting(RunSpec::variant).containsExactly("source", "tidewatch");
    assertThat(plan.repetitions()).isEqualTo(3);
    assertThat(plan.times().measuredSeconds()).isEqualTo(1);
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> plan("--variants", "fast"))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("--variants: must be among plain, sql-percentile")
        .hasMessageEndingWith("was fast");
    assertThatThrownBy(() -> plan("--repetitions", "0"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--repetitions: must be ≥ 1, was 0");
  }

  private static Plan plan(String... arguments) {
    WindowsCommand command = new WindowsCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.plan();
  }
}
