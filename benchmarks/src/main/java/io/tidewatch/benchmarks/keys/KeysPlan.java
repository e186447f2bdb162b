package io.tidewatch.benchmarks.keys;

import io.tidewatch.benchmarks.variant.Setting;
import io.tidewatch.benchmarks.windows.RunSpec;
import io.tidewatch.benchmarks.windows.RunTimes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is run.
 *
 * @param returns waves of single records on the disk state backend
 * @param sizes steady keys on the heap
 * @param paces records of steady keys, on each backend
 * @param repetitions how often the paces are run, interleaved
 * @param times of a pace
 * @param checkpointSeconds interval of checkpoints of the waves
 */
record KeysPlan(
    List<KeysSpec> returns,
    List<KeysSpec> sizes,
    List<RunSpec> paces,
    int repetitions,
    RunTimes times,
    int checkpointSeconds) {
  static final int KEYS = 1_000_000;
  static final int QUICK_KEYS = 20_000;

  /** Few, so that the windows fill in seconds on disk too; a record costs the same with more. */
  static final int PACE_KEYS = 200;

  static final int PACE_RATE = 10;

  /** Kept while waves are measured: the state of a key lives so long after its record. */
  private static final int WINDOW_SECONDS = 60;

  private static final int SLIDE_SECONDS = 30;
  private static final int WAVES = 3;
  private static final List<Integer> OVERLAPS = List.of(1, 10, 60, 600);
  private static final List<Integer> RATES = List.of(1, 10, 100);

  /** The measured heap must dwarf what else changes in it; a million panes are hundreds of MB. */
  private static final long PANES = 1_200_000;

  private static final long RECORDS = 12_000_000;
  private static final int MOST_KEYS = 200_000;

  /** A million keys, all sizes. */
  static KeysPlan full() {
    List<KeysSpec> sizes = new ArrayList<>();
    for (int overlap : OVERLAPS) {
      for (int rate : RATES) {
        sizes.add(size(WindowKind.LATENCY, overlap, rate, 1));
      }
    }
    for (int overlap : OVERLAPS) {
      sizes.add(size(WindowKind.FEATURES, overlap, 1, 1));
    }
    return new KeysPlan(
        returns(KEYS, List.of(WindowKind.values())),
        sizes,
        paces(List.of(1, 60)),
        3,
        new RunTimes(60, 60, 3, 5, 10),
        10);
  }

  /** The same shape of work in less than a minute. */
  static KeysPlan quick() {
    return new KeysPlan(
        returns(QUICK_KEYS, List.of(WindowKind.LATENCY)),
        List.of(size(WindowKind.LATENCY, 10, 1, 10), size(WindowKind.FEATURES, 10, 1, 10)),
        paces(List.of(10)),
        1,
        new RunTimes(10, 5, 1, 2, 10),
        1);
  }

  /** With so many keys in a wave. */
  KeysPlan withKeys(int keys) {
    List<WindowKind> kinds = returns.stream().map(KeysSpec::kind).toList();
    return new KeysPlan(returns(keys, kinds), sizes, paces, repetitions, times, checkpointSeconds);
  }

  private static List<KeysSpec> returns(int keys, List<WindowKind> kinds) {
    return kinds.stream()
        .map(
            kind ->
                new KeysSpec(
                    kind,
                    Setting.DISK,
                    WINDOW_SECONDS,
                    SLIDE_SECONDS,
                    keys,
                    Waves.ONCE,
                    WAVES,
                    true))
        .toList();
  }

  /** As many keys as these records and panes allow. */
  private static KeysSpec size(WindowKind kind, int overlap, int rate, int share) {
    long keys =
        Math.min(MOST_KEYS, Math.min(PANES / overlap, RECORDS / ((overlap + 2L) * rate))) / share;
    return new KeysSpec(kind, Setting.HEAP, overlap, 1, (int) keys, rate, 1, false);
  }

  private static List<RunSpec> paces(List<Integer> overlaps) {
    return overlaps.stream().map(overlap -> new RunSpec("latency", 1, overlap, PACE_RATE)).toList();
  }
}
