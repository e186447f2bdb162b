package io.tidewatch.jobs.bootstrap;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.dataset.StoredDataset;
import io.tidewatch.schemas.derived.FeatureVector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** The windows of a data set. */
record FeatureFolder(Path folder) {

  /**
   * Hands on the windows that are wanted.
   *
   * @throws ConfigException when the folder is no data set, or one of other features or windows
   */
  void read(WantedWindows wanted, Consumer<FeatureVector> windows) {
    long[] count = {0};
    Long lengthMs = wanted.lengthMs();
    StoredDataset.open(folder)
        .read(
            wanted.names(),
            window -> {
              if (!wanted.holds(window)) {
                return;
              }
              long found = window.windowEndMs() - window.windowStartMs();
              if (lengthMs != null && found != lengthMs) {
                throw new ConfigException(
                    "%s: must hold windows as long as those of the model %s (%s), held one of %s"
                        .formatted(
                            folder,
                            wanted.model().name(),
                            Duration.ofMillis(lengthMs),
                            Duration.ofMillis(found)));
              }
              count[0]++;
              windows.accept(window);
            });
    if (count[0] == 0) {
      throw new ConfigException("%s: must hold %s, held none".formatted(folder, wanted));
    }
  }
}
