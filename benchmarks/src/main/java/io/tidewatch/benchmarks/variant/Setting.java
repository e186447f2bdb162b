package io.tidewatch.benchmarks.variant;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What surrounds a run.
 *
 * @param parallelism subtasks of each operator
 * @param checkpointEvery interval of checkpoints; zero for none
 * @param folder for checkpoints and temporary files
 * @param backend where state lives: {@link #HEAP} or {@link #DISK}
 */
public record Setting(int parallelism, Duration checkpointEvery, Path folder, String backend) {
  /** As {@code state.backend.type} names them. */
  public static final String HEAP = "hashmap";

  public static final String DISK = "rocksdb";

  /** On the heap, as shipped. */
  public Setting(int parallelism, Duration checkpointEvery, Path folder) {
    this(parallelism, checkpointEvery, folder, HEAP);
  }
}
