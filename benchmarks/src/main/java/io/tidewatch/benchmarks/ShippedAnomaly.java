package io.tidewatch.benchmarks;

import io.tidewatch.jobs.anomaly.AnomalyConfig;
import io.tidewatch.jobs.config.YamlLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The configuration of the anomaly job as it is shipped, but for what is said. */
public final class ShippedAnomaly {
  private ShippedAnomaly() {}

  /**
   * @param over values by key at the top of the file
   */
  public static AnomalyConfig with(Map<String, ?> over) throws IOException {
    Path nothing = Files.createTempFile("tidewatch-anomaly", ".yaml");
    try {
      Files.writeString(nothing, "{}");
      return new YamlLoader(name -> null)
          .loadOver("anomaly.yaml", nothing, over, AnomalyConfig.class);
    } finally {
      Files.delete(nothing);
    }
  }
}
