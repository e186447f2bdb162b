package io.tidewatch.jobs.savepoint;

import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.analytics.scale.ScalerFit;
import io.tidewatch.jobs.JobUnderTest;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.ScalerCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.JobID;

/**
 * Ten readings a second of five devices. When the savepoint is written, one kiln is known to be
 * hot, the other one has been for a while, and for a while there is too much pressure.
 */
final class TelemetryInput implements SeededInput {
  private static final List<String> DEVICES =
      List.of("kiln-1", "kiln-2", "press-1", "lathe-1", "press-2");
  private static final int A_SECOND = 10;

  private final TelemetryModels models;

  TelemetryInput(TelemetryModels models) {
    this.models = models;
  }

  @Override
  public String job() {
    return "telemetry";
  }

  @Override
  public JobUnderTest.Builder builder() {
    return TelemetryJob::build;
  }

  @Override
  public int secondsBefore() {
    return 40;
  }

  List<DeviceTelemetry> records(int fromSecond, int seconds) {
    List<DeviceTelemetry> records = new ArrayList<>();
    for (int second = fromSecond; second < fromSecond + seconds; second++) {
      Random random = new Random(second);
      for (int i = 0; i < A_SECOND; i++) {
        String device = DEVICES.get(i % DEVICES.size());
        long timeMs = START_MS + second * 1_000L + i * 100L + 50;
        records.add(record(device, timeMs, values(device, second, random)));
      }
    }
    return records;
  }

  /** A reading that comes behind all others of before the savepoint, and then is late. */
  DeviceTelemetry late() {
    return record("kiln-1", START_MS + 5_025, new double[] {77, 7});
  }

  private static DeviceTelemetry record(String device, long timeMs, double[] values) {
    String model = device.substring(0, device.indexOf('-'));
    return new DeviceTelemetry(model, device, timeMs, values, Map.of(), null);
  }

  private static double[] values(String device, int second, Random random) {
    double noise = random.nextGaussian();
    return switch (device) {
      case "kiln-1" ->
          new double[] {
            noise + (second >= 10 && second < 50 ? 400 : 100), second >= 28 && second < 60 ? 8 : 2
          };
      case "kiln-2" -> new double[] {noise + (second >= 25 && second < 75 ? 400 : 100), 2};
      default -> new double[] {50 + noise};
    };
  }

  @Override
  public void prepare(FixtureSpace space, SavepointFixture fixture) {
    SeededInput.super.prepare(space, fixture);
    List<String> names = FeatureNames.of(models.get("kiln"));
    ScalerFit fit = new ScalerFit(names);
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      fit.add(random.doubles(names.size(), -10, 10).toArray());
    }
    Scaler scaler = new Scaler("kiln", "v1", new Scaling.ZScore(), fit.statistics());
    space.write("scalers", "kiln", ScalerCodec.encode(scaler));
  }

  @Override
  public void write(FixtureSpace space, int fromSecond, int seconds) {
    write(space, records(fromSecond, seconds));
  }

  void write(FixtureSpace space, List<DeviceTelemetry> records) {
    TelemetryCodec codec = new TelemetryCodec(models);
    space.write("input", records.stream().map(codec::encode).toList());
  }

  @Override
  public void awaitRead(FixtureSpace space, JobID job, int seconds) {
    space.awaitRead(job, seconds * A_SECOND);
  }

  @Override
  public void awaitTold(FixtureSpace space) {
    space.awaitWindow(
        "device_features WHERE model = 'kiln'",
        SeededInput.toldMs(secondsBefore()) / 1_000 * 1_000);
  }
}
