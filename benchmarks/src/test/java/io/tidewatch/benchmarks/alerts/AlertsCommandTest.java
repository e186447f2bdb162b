package io.tidewatch.benchmarks.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.benchmarks.Machine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsCommandTest {

  @Test
  void halfOfTheCapacityIsAWholeNumberOfDevicesInBothPartitions() {
    assertThat(PacedRun.devices(30_000)).isEqualTo(3_000);
    assertThat(PacedRun.devices(30_019)).isEqualTo(3_000);
    assertThat(PacedRun.devices(30_021)).isEqualTo(3_002);
    assertThat(PacedRun.devices(1)).isEqualTo(20);
  }

  @Test
  void aFullRunSendsTheStormThatIsPromised() {
    assertThat(AlertsPlan.of(false).storm().devices()).isEqualTo(10_000);
    assertThat(AlertsPlan.of(true).storm().devices()).isLessThan(10_000);
  }

  @Test
  void tellsDelaysAndHoldsThemAgainstTheGoal() throws IOException {
    AlertsReport report = new AlertsReport(result(987.6));
    assertThat(report.text(new Machine("2026-11-21", "some machine"), "tidewatch x", List.of("-X")))
        .contains("`tidewatch x`", "some machine", "(`-X`)", "Load average at the start 0.5")
        .contains("at-least-once, ms | < 1,000 | 988 | yes |")
        .contains(
            "of 10,000 devices that cross in one second: events on the topic | all | 10,000 |")
        .contains(
            "within an interval of 30 s, or more than one for each | never | 20 of 10 groups in 60"
                + " s")
        .contains("| 61,000 | 30,500 | 3,050 | 1,800 | 120 | 988 | 1,200 | 3 | 1.5 |")
        .contains("| 10,000 | 10,000 | 0.50 | 1.25 | 5,000 | 10 | 20 | 30.0 | 60 |");
    assertThat(report.json()).doesNotContain("\n");
    JsonNode root = new ObjectMapper().readTree(report.json());
    assertThat(root.path("bench").asText()).isEqualTo("alerts");
    assertThat(root.at("/figures/paced/p99Ms").asDouble()).isEqualTo(987.6);
    assertThat(root.at("/figures/storm/firing").asInt()).isEqualTo(10_000);
    assertThat(root.at("/goals/0/reached").asBoolean()).isTrue();
    assertThat(new AlertsReport(result(1_000)).json()).contains("\"reached\":false");
  }

  private static AlertsResult result(double p99Ms) {
    AlertsPlan plan = AlertsPlan.of(false);
    return new AlertsResult(
        plan,
        61_000,
        new PacedResult(3_050, 30_500, 1_800, 120, p99Ms, 1_200, 3, 1.5),
        new StormResult(plan.storm(), 10_000, 5_000, 0.5, 1.25, 10, 20, 30, 60),
        0.5);
  }
}
