package io.tidewatch.benchmarks.windows;

import io.tidewatch.benchmarks.variant.Variants;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which runs, how long and how often.
 *
 * @param specs each is run once a repetition
 * @param repetitions how often all of them are run, one after the other
 */
public record Plan(List<RunSpec> specs, RunTimes times, int repetitions) {
  static final int OVERLAP = 60;
  static final int RATE = 100;
  static final int LOW_RATE = 10;

  /** Each key once a slide: nothing can be added up before it is sent. */
  static final int ONCE = 1;

  private static final List<Integer> OVERLAPS = List.of(1, 10, 600);

  /** Those whose cost is shown over the overlap. */
  private static final Set<String> SWEPT =
      Set.of("tidewatch", "tidewatch-without-checkpoints", "window");

  /** Those that are shown with two subtasks. */
  private static final Set<String> PARALLEL =
      Set.of("source", "window", "sql-sketch", "running", "tidewatch", "tidewatch-two-phase");

  /** Those that are shown where emission dominates. */
  private static final Set<String> SLOW =
      Set.of("source", "running", "tidewatch", "tidewatch-two-phase");

  /** Those that are shown where keys do not repeat. */
  private static final Set<String> SPREAD = Set.of("source", "tidewatch", "tidewatch-two-phase");

  /** What the first goals compare. */
  private static final List<String> QUICK =
      List.of("source", "window", "tidewatch", "tidewatch-two-phase");

  /** Measured for the time between two checkpoints, so that each run pays for one. */
  private static final RunTimes FULL_TIMES = new RunTimes(60, 15, 12, 10, 10);

  private static final RunTimes QUICK_TIMES = new RunTimes(10, 0, 1, 2, 2);
  private static final int FULL_REPETITIONS = 3;

  /**
   * Every table; what is slow or says nothing new is left out of the smaller ones. What goals
   * compare is run one after the other, before the machine is another one.
   */
  static Plan full(List<String> variants) {
    List<String> known = Variants.named(Variants.windows(), variants);
    Set<RunSpec> specs = new LinkedHashSet<>();
    for (String variant : known) {
      specs.add(new RunSpec(variant, 1, OVERLAP, RATE));
      if (SWEPT.contains(variant)) {
        OVERLAPS.forEach(overlap -> specs.add(new RunSpec(variant, 1, overlap, RATE)));
      }
    }
    known.stream()
        .filter(PARALLEL::contains)
        .forEach(variant -> specs.add(new RunSpec(variant, 2, OVERLAP, RATE)));
    known.stream()
        .filter(SLOW::contains)
        .forEach(variant -> specs.add(new RunSpec(variant, 1, OVERLAP, LOW_RATE)));
    for (int overlap : List.of(OVERLAP, 1)) {
      known.stream()
          .filter(SPREAD::contains)
          .forEach(variant -> specs.add(new RunSpec(variant, 1, overlap, ONCE)));
    }
    return new Plan(List.copyOf(specs), FULL_TIMES, FULL_REPETITIONS);
  }

  /** The same work for a moment each: shows that all works, not what it costs. */
  static Plan quick(List<String> variants) {
    List<RunSpec> specs = new ArrayList<>();
    for (String variant :
        Variants.named(Variants.windows(), variants.isEmpty() ? QUICK : variants)) {
      specs.add(new RunSpec(variant, 1, OVERLAP, RATE));
    }
    return new Plan(specs, QUICK_TIMES, 1);
  }

  /** The same, so often. */
  Plan withRepetitions(int other) {
    return new Plan(specs, times, other);
  }

  /** The same, for other times. */
  Plan withTimes(RunTimes other) {
    return new Plan(specs, other, repetitions);
  }
}
