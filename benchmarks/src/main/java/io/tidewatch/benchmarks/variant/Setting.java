package io.tidewatch.benchmarks.variant;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What surrounds a run.
 *
 * @param parallelism subtasks of each operator
 * @param checkpointEvery interval of checkpoints
 * @param folder for checkpoints and temporary files
 */
public record Setting(int parallelism, Duration checkpointEvery, Path folder) {}
