package io.tidewatch.cli.input;

import io.tidewatch.schemas.event.DeviceTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A seeded fleet of welding devices {@code weld-sim-01}, {@code weld-sim-02} …, telemetry model
 * {@code welding}. Each device welds and rests in its own rhythm; its temperature follows the arc
 * with a lag, its vibration drifts slowly. The same seed and the same times give the same readings.
 */
public final class WeldingFleet {
  private static final String MODEL = "welding";
  private static final Map<String, String> TAGS = Map.of("simulated", "true");

  /** Long enough after one fault that its incident is resolved before the next one. */
  private static final Duration PERIOD = Duration.ofMinutes(2);

  private final List<Device> devices;
  private final FaultSchedule schedule;
  private final long startMs;
  private long lastMs;

  /** A fleet with {@linkplain #defaultSchedule the default faults}. */
  public WeldingFleet(int devices, long seed, long startMs) {
    this(devices, seed, startMs, defaultSchedule(devices));
  }

  /**
   * @param devices at least 1
   * @param seed of all that is random
   * @param startMs start of the simulation, milliseconds since the epoch; faults count from here
   * @param schedule what goes wrong and when
   */
  public WeldingFleet(int devices, long seed, long startMs, FaultSchedule schedule) {
    if (devices < 1) {
      throw new IllegalArgumentException("devices: must be ≥ 1, was " + devices);
    }
    this.devices = new ArrayList<>(devices);
    for (int number = 1; number <= devices; number++) {
      this.devices.add(new Device(deviceId(number), new Random(seed + 7919L * number)));
    }
    for (Fault fault : schedule.faults()) {
      if (this.devices.stream().noneMatch(device -> device.id.equals(fault.target()))) {
        throw new IllegalArgumentException(
            "fault.target: must be a device of the fleet, was " + fault.target());
      }
    }
    this.schedule = schedule;
    this.startMs = startMs;
    this.lastMs = startMs;
  }

  /**
   * Device 03 (the last one of a smaller fleet) runs roughly from second 15 to second 35, device
   * 07, if there is one, from second 75 to second 95, and so again every two minutes.
   */
  public static FaultSchedule defaultSchedule(int devices) {
    List<Fault> faults = new ArrayList<>();
    faults.add(roughRunning(Math.max(1, Math.min(3, devices)), Duration.ofSeconds(15)));
    if (devices >= 7) {
      faults.add(roughRunning(7, Duration.ofSeconds(75)));
    }
    return new FaultSchedule(faults, PERIOD);
  }

  private static Fault roughRunning(int number, Duration start) {
    return new Fault(
        FaultKind.ROUGH_RUNNING,
        "vibration six times as high, temperature rising",
        deviceId(number),
        start,
        Duration.ofSeconds(20),
        "WeldingVibrationHigh");
  }

  private static String deviceId(int number) {
    return "weld-sim-%02d".formatted(number);
  }

  /** The faults of the first period. */
  public List<Fault> faults() {
    return schedule.faults();
  }

  /**
   * One reading of each device.
   *
   * @param eventTimeMs not before the start and not before the previous tick
   */
  public List<DeviceTelemetry> tick(long eventTimeMs) {
    if (eventTimeMs < lastMs) {
      throw new IllegalArgumentException(
          "eventTimeMs: must be ≥ the previous one (%d), was %d".formatted(lastMs, eventTimeMs));
    }
    double stepSeconds = (eventTimeMs - lastMs) / 1000.0;
    lastMs = eventTimeMs;
    double elapsedSeconds = (eventTimeMs - startMs) / 1000.0;
    List<DeviceTelemetry> readings = new ArrayList<>(devices.size());
    for (Device device : devices) {
      boolean rough = schedule.active(FaultKind.ROUGH_RUNNING, device.id, eventTimeMs - startMs);
      double[] values = device.measure(elapsedSeconds, stepSeconds, rough);
      readings.add(
          new DeviceTelemetry(MODEL, device.id, eventTimeMs, values, TAGS, rough ? "1" : "0"));
    }
    return readings;
  }

  /** One device; its numbers are those of a hand-held MIG torch of medium size. */
  private static final class Device {
    private static final double AMBIENT_CELSIUS = 42;
    private static final double ARC_HEAT_CELSIUS = 25;
    private static final double FAULT_HEAT_CELSIUS = 60;

    /** Seconds to 63 % of a new temperature; a fault heats a bearing, not the whole device. */
    private static final double LAG_SECONDS = 40;

    private static final double FAULT_LAG_SECONDS = 20;
    private static final double FAULT_VIBRATION_FACTOR = 6;

    /** Seconds over which the drift forgets, and its standard deviation as a share of the level. */
    private static final double DRIFT_SECONDS = 300;

    private static final double DRIFT_SHARE = 0.06;

    private final String id;
    private final Random random;
    private final double cycleSeconds;
    private final double phaseSeconds;
    private final double dutyShare;
    private final double currentAmpere;
    private final double vibrationMmPerSecond;
    private double temperatureCelsius;
    private double drift;

    Device(String id, Random random) {
      this.id = id;
      this.random = random;
      cycleSeconds = 7 + 4 * random.nextDouble();
      phaseSeconds = cycleSeconds * random.nextDouble();
      dutyShare = 0.6 + 0.2 * random.nextDouble();
      currentAmpere = 180 + 4 * random.nextGaussian();
      vibrationMmPerSecond = 1.8 + 0.3 * random.nextDouble();
      temperatureCelsius = AMBIENT_CELSIUS + ARC_HEAT_CELSIUS * dutyShare;
      drift = DRIFT_SHARE * random.nextGaussian();
    }

    double[] measure(double elapsedSeconds, double stepSeconds, boolean rough) {
      boolean arc = (elapsedSeconds + phaseSeconds) % cycleSeconds < dutyShare * cycleSeconds;
      double kept = Math.exp(-stepSeconds / DRIFT_SECONDS);
      drift = drift * kept + DRIFT_SHARE * Math.sqrt(1 - kept * kept) * random.nextGaussian();

      double targetCelsius =
          AMBIENT_CELSIUS + (arc ? ARC_HEAT_CELSIUS : 0) + (rough ? FAULT_HEAT_CELSIUS : 0);
      double lagSeconds = rough ? FAULT_LAG_SECONDS : LAG_SECONDS;
      temperatureCelsius +=
          (targetCelsius - temperatureCelsius) * (1 - Math.exp(-stepSeconds / lagSeconds));

      // Between two welds no current flows, and the safety circuit keeps 12 V at the torch.
      double ampere = arc ? currentAmpere * (1 + drift / 2) + 3 * random.nextGaussian() : 0;
      double volt = arc ? 14 + 10 * ampere / 180 + 0.4 * random.nextGaussian() : 12;
      double celsius = temperatureCelsius + 0.3 * random.nextGaussian();
      double vibration =
          vibrationMmPerSecond
              * (arc ? 1.1 : 0.8)
              * (1 + drift)
              * Math.exp(0.08 * random.nextGaussian())
              * (rough ? FAULT_VIBRATION_FACTOR : 1);
      return new double[] {Math.max(0, ampere), Math.max(0, volt), celsius, vibration};
    }
  }
}
