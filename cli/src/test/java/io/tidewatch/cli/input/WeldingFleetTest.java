package io.tidewatch.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class WeldingFleetTest {
  private static final long START_MS = 1_790_000_000_000L;
  private static final int DEVICES = 8;

  @Test
  void theSameSeedGivesTheSameReadings() {
    assertThat(run(new WeldingFleet(DEVICES, 42, START_MS), 60))
        .isEqualTo(run(new WeldingFleet(DEVICES, 42, START_MS), 60));
    assertThat(run(new WeldingFleet(DEVICES, 42, START_MS), 5))
        .isNotEqualTo(run(new WeldingFleet(DEVICES, 43, START_MS), 5));
  }

  @Test
  void eachTickReadsEachDeviceOnce() {
    List<DeviceTelemetry> readings = new WeldingFleet(3, 1, START_MS).tick(START_MS + 250);

    assertThat(readings)
        .extracting(DeviceTelemetry::deviceId)
        .containsExactly("weld-sim-01", "weld-sim-02", "weld-sim-03");
    assertThat(readings)
        .allSatisfy(
            reading -> {
              assertThat(reading.model()).isEqualTo("welding");
              assertThat(reading.eventTimeMs()).isEqualTo(START_MS + 250);
              assertThat(reading.tags()).isEqualTo(Map.of("simulated", "true"));
              assertThat(reading.values()).hasSize(4);
            });
  }

  @Test
  void valuesLieInTheRangesOfTheModelEvenDuringFaults() throws Exception {
    TelemetryModel model = ModelFiles.models().get("welding");

    for (DeviceTelemetry reading : run(new WeldingFleet(DEVICES, 7, START_MS), 600)) {
      for (int i = 0; i < 4; i++) {
        TelemetryField field = model.fields().get(i);
        assertThat(reading.values()[i]).as(field.name()).isBetween(field.min(), field.max());
      }
    }
  }

  @Test
  void withoutFaultsTheArcCarriesSome180AmpereAt24VoltForTwoThirdsOfTheTime() {
    List<DeviceTelemetry> readings =
        run(new WeldingFleet(DEVICES, 7, START_MS, FaultSchedule.none()), 1_200);
    List<DeviceTelemetry> welding =
        readings.stream().filter(reading -> reading.values()[0] > 0).toList();

    assertThat((double) welding.size() / readings.size()).isBetween(0.6, 0.8);
    assertThat(mean(welding, reading -> reading.values()[0])).isCloseTo(180, within(6.0));
    assertThat(mean(welding, reading -> reading.values()[1])).isCloseTo(24, within(1.0));
    assertThat(readings).allMatch(reading -> "0".equals(reading.label()));
    assertThat(readings).allMatch(reading -> reading.values()[3] < 5);
    assertThat(readings).allMatch(reading -> reading.values()[2] < 75);
  }

  @Test
  void faultsAppearAtTheirTimesAndAreLabelled() {
    WeldingFleet fleet = new WeldingFleet(DEVICES, 42, START_MS);
    List<Fault> faults = fleet.faults();
    List<DeviceTelemetry> readings = run(fleet, 240);

    assertThat(faults).extracting(Fault::target).containsExactly("weld-sim-03", "weld-sim-07");
    for (DeviceTelemetry reading : readings) {
      long elapsedMs = (reading.eventTimeMs() - START_MS) % 120_000;
      boolean planned =
          faults.stream()
              .anyMatch(
                  fault ->
                      fault.target().equals(reading.deviceId())
                          && elapsedMs >= fault.start().toMillis()
                          && elapsedMs < fault.end().toMillis());
      assertThat(reading.label()).isEqualTo(planned ? "1" : "0");
      assertThat(reading.values()[3] > 5).as("%s", reading).isEqualTo(planned);
    }
  }

  @Test
  void theTemperatureRisesDuringTheFaultAndFallsAfterIt() {
    List<DeviceTelemetry> third =
        run(new WeldingFleet(DEVICES, 42, START_MS), 120).stream()
            .filter(reading -> reading.deviceId().equals("weld-sim-03"))
            .toList();

    double before = third.get(14).values()[2];
    assertThat(third.get(34).values()[2]).isBetween(before + 20, before + 60);
    assertThat(third.get(119).values()[2]).isCloseTo(before, within(12.0));
  }

  @Test
  void aSmallFleetHasItsFaultInItsLastDevice() {
    assertThat(new WeldingFleet(1, 1, START_MS).faults())
        .extracting(Fault::target)
        .containsExactly("weld-sim-01");
  }

  @Test
  void refusesTimeThatGoesBackAndFaultsOfUnknownDevices() {
    WeldingFleet fleet = new WeldingFleet(2, 1, START_MS);
    fleet.tick(START_MS + 10);

    assertThatThrownBy(() -> fleet.tick(START_MS + 9)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WeldingFleet(2, 1, START_MS, WeldingFleet.defaultSchedule(8)))
        .hasMessage("fault.target: must be a device of the fleet, was weld-sim-03");
  }

  private static double mean(
      List<DeviceTelemetry> readings, ToDoubleFunction<DeviceTelemetry> field) {
    return readings.stream().mapToDouble(field).average().orElseThrow();
  }

  /** One tick a second, the first at the start. */
  private static List<DeviceTelemetry> run(WeldingFleet fleet, int seconds) {
    List<DeviceTelemetry> readings = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      readings.addAll(fleet.tick(START_MS + second * 1_000L));
    }
    return readings;
  }
}
