package io.tidewatch.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a demo was asked for.
 *
 * @param flinkConf the folder {@code flink-conf}
 * @param dataFolder where everything is written
 * @param duration how long it feeds; null until it is interrupted
 * @param replay file that is replayed beside the other inputs; null for none
 * @param speed recorded seconds per replayed second
 * @param seed of the simulators
 */
record DemoOptions(
    Path flinkConf,
    Path dataFolder,
    @Nullable Duration duration,
    @Nullable Path replay,
    double speed,
    long seed) {}
