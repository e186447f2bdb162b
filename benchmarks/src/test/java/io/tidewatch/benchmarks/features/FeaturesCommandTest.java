package io.tidewatch.benchmarks.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.variant.FeatureJob;
import io.tidewatch.benchmarks.windows.Plan;
import io.tidewatch.benchmarks.windows.Results;
import io.tidewatch.benchmarks.windows.RunResult;
import io.tidewatch.benchmarks.windows.RunSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class FeaturesCommandTest {
  private static final long MB = 1_000_000;

  @Test
  void quickMeasuresWhatTheGoalComparesOnceForAMoment() {
    Plan plan = plan("--quick");

    assertThat(plan.repetitions()).isOne();
    assertThat(plan.times().measuredSeconds()).isLessThanOrEqualTo(3);
    assertThat(plan.specs())
        .extracting(RunSpec::variant)
        .containsExactly("without", "points-cleaned");
  }

  @Test
  void fullMeasuresAllVariantsAtTheSameRateSeveralTimes() {
    Plan plan = plan();

    assertThat(plan.repetitions()).isGreaterThanOrEqualTo(3);
    assertThat(plan.specs())
        .extracting(RunSpec::variant)
        .containsExactly(
            "without", "points", "points-cleaned", "points-all", "time", "time-cleaned");
    assertThat(plan.specs())
        .allMatch(spec -> spec.perKeyAndSecond() == FeaturesPlan.PER_KEY_AND_SECOND);
    assertThat(plan.specs()).extracting(RunSpec::overlap).containsExactly(0, 2, 2, 2, 60, 60);
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> plan("--variants", "tidewatch"))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("--variants: must be among without, points")
        .hasMessageEndingWith("was tidewatch");
    assertThatThrownBy(() -> plan("--seconds", "0"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--seconds: must be ≥ 1, was 0");
  }

  @Test
  void tellsFieldValuesAndWhatIsLeftOfTheJobWithoutFeatures() throws IOException {
    FeaturesReport report = new FeaturesReport(plan(), results());
    String text =
        report.text(new Machine("2026-11-21", "some machine"), "tidewatch x", List.of("-X"));

    assertThat(text)
        .contains(
            "`tidewatch x`", "some machine", "(`-X`)", "1,000 devices, 10 records of 6 fields")
        .contains(
            "| `points-cleaned`: field values per CPU-second | ≥ 1,000,000 | 1,200,000 | yes |")
        .contains(
            "| `points-cleaned` | 1,200,000 (1,080,000–1,320,000) | 200,000 (180,000–220,000)"
                + " | 0.50 (0.45–0.55) |")
        .contains("| `time` | windows not full after 15 s |")
        .contains("- `points-cleaned`: windows of 100 points, a new one each 50");
    assertThat(report.chart().bars())
        .extracting("label")
        .containsExactly("without", "points-cleaned");
    assertThat(report.json()).doesNotContain("\n");
    JsonNode root = new ObjectMapper().readTree(report.json());
    assertThat(root.path("bench").asText()).isEqualTo("features");
    assertThat(root.path("figures").path(1).path("ofWithout").path("median").asDouble())
        .isEqualTo(0.5);
    assertThat(root.path("goals").path(0).path("measured").asDouble()).isEqualTo(1_200_000);
    assertThat(root.path("goals").path(0).path("reached").asBoolean()).isTrue();
  }

  private static Results results() {
    Results results = new Results();
    for (double faster : new double[] {0.9, 1.1}) {
      results.beginRepetition();
      results.add(result(FeatureJob.WITHOUT, 400_000, true));
      results.add(result(FeatureJob.POINTS_CLEANED, 200_000 * faster, true));
      results.add(result(FeatureJob.TIME, 100_000, false));
    }
    return results;
  }

  private static RunResult result(FeatureJob variant, double perCpuSecond, boolean filled) {
    return new RunResult(
        FeaturesPlan.spec(variant),
        Math.round(2 * perCpuSecond),
        100,
        2,
        2,
        0.5,
        1,
        MB,
        1,
        0,
        MB,
        10,
        1,
        filled);
  }

  private static Plan plan(String... arguments) {
    FeaturesCommand command = new FeaturesCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.plan();
  }
}
