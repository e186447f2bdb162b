package io.tidewatch.cli.input;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a file is replayed.
 *
 * @param startMs the event time that the first record gets, milliseconds since the epoch
 * @param speed recorded seconds per replayed second; 300 turns a step of five minutes into one
 *     second. So high that two records fall into the same millisecond, they keep their order only
 * @param kind of a {@code timestamp,value} file; null to go by its name: a name with {@code
 *     latency} holds requests, any other readings
 * @param step distance between two records of a file without timestamps
 */
public record ReplayOptions(long startMs, double speed, @Nullable ReplayKind kind, Duration step) {

  public ReplayOptions {
    if (!(speed > 0 && speed < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("replay.speed: must be > 0 and finite, was " + speed);
    }
    if (step.toMillis() < 1) {
      throw new IllegalArgumentException("replay.step: must be ≥ PT0.001S, was " + step);
    }
  }

  /** The kind goes by the name of the file, the step is five minutes. */
  public static ReplayOptions from(long startMs, double speed) {
    return new ReplayOptions(startMs, speed, null, Duration.ofMinutes(5));
  }

  /** The same, with the kind said. */
  public ReplayOptions as(ReplayKind said) {
    return new ReplayOptions(startMs, speed, said, step);
  }
}
