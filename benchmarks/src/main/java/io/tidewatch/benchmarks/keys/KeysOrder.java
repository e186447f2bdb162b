package io.tidewatch.benchmarks.keys;

import java.time.Duration;

/**
 * What the process of one run is told.
 *
 * @param checkpointSeconds interval of checkpoints
 * @param folder where it may write
 */
public record KeysOrder(KeysSpec spec, int checkpointSeconds, String folder) {

  Duration checkpointEvery() {
    return Duration.ofSeconds(checkpointSeconds);
  }
}
