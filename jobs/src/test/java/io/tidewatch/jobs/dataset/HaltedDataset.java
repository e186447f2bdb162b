package io.tidewatch.jobs.dataset;

import static org.awaitility.Awaitility.await;

import io.tidewatch.jobs.config.YamlLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run in a process of its own, which ends as if it were killed: at once, and without a chance to
 * put anything right. Arguments: the configuration, and where it ends.
 */
final class HaltedDataset {
  static final int EXIT_CODE = 137;

  /** Where the run ends. */
  enum At {
    /** As soon as there is a file of raw rows. */
    STAGING,
    /** All rows are staged, nothing of the data set is written. */
    STAGED
  }

  private HaltedDataset() {}

  public static void main(String[] args) throws Exception {
    Path config = Path.of(args[0]);
    At at = At.valueOf(args[1]);
    if (at == At.STAGING) {
      Path hidden = config.resolveSibling(".out.tidewatch");
      Thread watch = new Thread(() -> haltWhenStaging(hidden), "watch");
      watch.setDaemon(true);
      watch.start();
    }
    DatasetJob.run(
        DatasetSpace.environment(1),
        new YamlLoader(Map.<String, String>of()::get),
        config,
        Map.of(),
        at == At.STAGED ? new HaltingClock() : Clock.systemUTC());
  }

  private static void haltWhenStaging(Path hidden) {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .ignoreExceptions() // the folder comes and goes
        .until(() -> isStaging(hidden));
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private static boolean isStaging(Path hidden) throws IOException {
    try (Stream<Path> inside = Files.walk(hidden)) {
      return inside.anyMatch(path -> path.endsWith(StagedRows.FILE));
    }
  }

  /** The job asks for the time when it has counted and fitted, before it writes the data set. */
  private static final class HaltingClock extends Clock {
    @Override
    public Instant instant() {
      Runtime.getRuntime().halt(EXIT_CODE);
      throw new IllegalStateException("halted");
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
