package io.tidewatch.benchmarks.alerts;

import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.nio.file.Path;
import java.util.Map;

/** Messages of the shipped model of welding devices. */
final class WeldingReadings {
  private static final String MODEL = "welding";

  private final TelemetryCodec codec;

  /**
   * @param conf the shipped configuration
   */
  WeldingReadings(Path conf) {
    codec = new TelemetryCodec(ModelFiles.load(YamlLoader.ofProcess(), conf.resolve("models")));
  }

  /**
   * A message.
   *
   * @param eventTimeMs since the epoch
   * @param vibration in mm/s
   */
  byte[] message(String device, long eventTimeMs, int vibration) {
    double[] values = {180, 24, 60, vibration};
    return codec.encode(new DeviceTelemetry(MODEL, device, eventTimeMs, values, Map.of(), null));
  }
}
