package io.tidewatch.embedded;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/** The part of a cluster's {@code config.yaml} that a job feels, wherever the cluster lies. */
public final class ShippedFlinkConf {
  private static final List<String> FELT =
      List.of("execution.", "pipeline.", "restart-strategy.", "state.", "parallelism.");

  private ShippedFlinkConf() {}

  /**
   * Reads {@code config.yaml} and leaves out places, ports, memory and reporters, which an {@link
   * EmbeddedFlink} chooses itself.
   *
   * @param folder that holds the file
   */
  public static Configuration read(Path folder) {
    Configuration shipped = GlobalConfiguration.loadConfiguration(folder.toString());
    for (String key : List.copyOf(shipped.keySet())) {
      if (FELT.stream().noneMatch(key::startsWith)) {
        shipped.removeKey(key);
      }
    }
    shipped.removeConfig(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    shipped.removeConfig(CheckpointingOptions.SAVEPOINT_DIRECTORY);
    return shipped;
  }
}
