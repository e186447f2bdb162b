package io.tidewatch.benchmarks.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.benchmarks.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetrainCommandTest {
  private static final RetrainSpec DEVICES =
      new RetrainSpec(ModelScope.DEVICE, "hashmap", true, 10, 1_000, 1_000, 2, 3);

  @Test
  void measuresEachScopeWithoutTrainingsAndWithThem() {
    RetrainPlan quick = RetrainPlan.of(true);
    assertThat(quick.specs())
        .extracting(RetrainSpec::scope, RetrainSpec::retrains)
        .containsExactly(
            tuple(ModelScope.FLEET, false),
            tuple(ModelScope.FLEET, true),
            tuple(ModelScope.DEVICE, false),
            tuple(ModelScope.DEVICE, true));
    assertThat(quick.seconds()).isLessThan(5);
    assertThat(RetrainPlan.of(false).specs())
        .extracting(RetrainSpec::backend)
        .contains("hashmap", "rocksdb");
  }

  @Test
  void settingsAreThoseThatAreShippedButForScopeAndTrainings() throws IOException {
    ModelSettings trained = RetrainRun.settings(DEVICES);
    assertThat(trained.scope()).isEqualTo(ModelScope.DEVICE);
    assertThat(trained.training().everyRows()).isEqualTo(1_000);
    assertThat(trained.training().everyAge()).isEqualTo(Duration.ZERO);
    assertThat(trained.training().driftPsi()).isZero();
    assertThat(trained.history().rows()).isLessThan(RetrainSpec.HISTORY_ROWS);
    assertThat(trained.cachedForests()).isGreaterThan(RetrainPlan.of(false).devices());
    RetrainSpec never = new RetrainSpec(ModelScope.FLEET, "hashmap", false, 10, 1_000, 1_000, 2, 3);
    assertThat(RetrainRun.settings(never).training().everyRows()).isZero();
    assertThat(RetrainRun.settings(never).scope()).isEqualTo(ModelScope.FLEET);
  }

  @Test
  void trainingsOfDevicesAreSpreadEvenlyByWhatTheyLearntBefore() {
    PacedRows rows = new PacedRows(DEVICES);
    Map<String, Long> before = new HashMap<>();
    for (long number = 0; number < DEVICES.rowsBefore(); number++) {
      before.merge(String.valueOf(rows.map(number).value().deviceId()), 1L, Long::sum);
    }
    assertThat(before).hasSize(10);
    for (int device = 0; device < 10; device++) {
      assertThat(before.get("device-" + device))
          .isEqualTo(RetrainSpec.HISTORY_ROWS + device * 100L);
    }
    long first = rows.map(0L).value().windowEndMs();
    assertThat(PacedRows.pacedRow(DEVICES, first)).isEqualTo(-DEVICES.rowsBefore());
    assertThat(rows.map(0L).value().features()).hasSize(PacedRows.names().size());
  }

  @Test
  void tellsDelaysAndHoldsThemAgainstTheGoal() throws IOException {
    RetrainSpec never =
        new RetrainSpec(ModelScope.DEVICE, "hashmap", false, 10, 1_000, 1_000, 2, 3);
    RetrainSpec fleet = new RetrainSpec(ModelScope.FLEET, "hashmap", true, 10, 1_000, 1_000, 2, 3);
    RetrainReport report =
        new RetrainReport(
            RetrainPlan.of(true),
            List.of(
                new RetrainResult(never, 3_000, 0, 0.1, 0.5, 2, 9, 0.25, 1, 0, 0.5),
                new RetrainResult(DEVICES, 3_000, 6, 0.12, 20.25, 31, 40, 19.5, 33, 0.125, 1.5),
                new RetrainResult(fleet, 3_000, 3, 0.1, 51, 60, 70, 12, 60, 0.2, 1)));
    assertThat(report.text(new Machine("2026-11-21", "some machine"), "tidewatch x", List.of("-X")))
        .contains("`tidewatch x`", "some machine", "(`-X`)", "Load average", "0.5 to 1.5")
        .contains(
            "| device on hashmap: p99 of the delay while models are trained, ms | < 50 | 20.25 | 19.50 | yes |")
        .contains(
            "| fleet on hashmap: p99 of the delay while models are trained, ms | < 50 | 51.00 | 12.00 | no |")
        .contains(
            "| device | hashmap | none | 3,000 | 0.100 | 0.500 | 2.000 | 9.0 | 0.250 | 1.0 | 0 % |")
        .contains(
            "| device | hashmap | 6, 2.0 a second | 3,000 | 0.120 | 20.250 | 31.000 | 40.0 | 19.500 | 33.0 | 13 % |");
    assertThat(report.json()).doesNotContain("\n");
    JsonNode root = new ObjectMapper().readTree(report.json());
    assertThat(root.path("bench").asText()).isEqualTo("retrain");
    assertThat(root.path("figures").path(1).path("p99Ms").asDouble()).isEqualTo(20.25);
    assertThat(root.path("figures").path(1).path("spec").path("scope").asText())
        .isEqualTo("DEVICE");
    assertThat(root.path("goals").path(0).path("reached").asBoolean()).isTrue();
    assertThat(root.path("goals").path(1).path("reached").asBoolean()).isFalse();
  }
}
