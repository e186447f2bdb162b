package io.tidewatch.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the processors of a virtual machine have done since its start, as Linux counts it (proc(5),
 * first line of {@code /proc/stat}).
 *
 * @param ticks all of it
 * @param stolen in which the host of the machine gave them to others
 */
public record ProcessorTime(long ticks, long stolen) {
  private static final Path STAT = Path.of("/proc/stat");

  /** user, nice, system, idle, iowait, irq, softirq, steal; guest time is in the first two. */
  private static final int KINDS = 8;

  private static final int STEAL = 7;

  /** Nothing at all where there is no such file. */
  public static ProcessorTime now() {
    if (!Files.isReadable(STAT)) {
      return new ProcessorTime(0, 0);
    }
    try (var lines = Files.lines(STAT)) {
      return parse(lines.findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ProcessorTime parse(String line) {
    long[] kinds =
        Arrays.stream(line.split(" +")).skip(1).limit(KINDS).mapToLong(Long::parseLong).toArray();
    return new ProcessorTime(Arrays.stream(kinds).sum(), kinds[STEAL]);
  }

  /** Share of the time from then to now that was stolen, 0 to 1. */
  public double stolenSince() {
    return stolenUntil(now());
  }

  double stolenUntil(ProcessorTime end) {
    return end.ticks > ticks ? (double) (end.stolen - stolen) / (end.ticks - ticks) : 0;
  }
}
