package io.tidewatch.testkit.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of the inputs of one target. Not for several threads. */
public final class FuzzTally {
  /** Each failure is told once; who has so many has enough to mend. */
  private static final int MOST_FAILURES = 10;

  private static final int MOST_KINDS = 20_000;

  private final Map<String, Long> reasons = new TreeMap<>();
  private final Set<String> kinds = new HashSet<>();
  private final List<FuzzFailure> failures = new ArrayList<>();
  private long inputs;
  private long accepted;
  private long failed;

  /**
   * Counts an outcome.
   *
   * @return whether there was none of its kind before
   */
  boolean add(Outcome outcome) {
    inputs++;
    accepted += outcome.accepted() ? 1 : 0;
    if (reasons.containsKey(outcome.reason()) || reasons.size() < MOST_KINDS) {
      reasons.merge(outcome.reason(), 1L, Long::sum);
    }
    return kinds.size() < MOST_KINDS && kinds.add(outcome.kind());
  }

  /** Whether a failure of that description is still to be told. */
  boolean isNewFailure(String what) {
    inputs++;
    failed++;
    return failures.size() < MOST_FAILURES
        && failures.stream().noneMatch(failure -> failure.what().equals(what));
  }

  void add(FuzzFailure failure) {
    failures.add(failure);
  }

  public long inputs() {
    return inputs;
  }

  public long accepted() {
    return accepted;
  }

  public long refused() {
    return inputs - accepted - failed;
  }

  /** Inputs that broke the promise. */
  public long failed() {
    return failed;
  }

  /** Different outcomes that were seen, numbers and quoted texts apart. */
  public int kinds() {
    return kinds.size();
  }

  /** How often each reason was given, {@code accepted} among them. */
  public Map<String, Long> reasons() {
    return Map.copyOf(reasons);
  }

  /** One of each description. */
  public List<FuzzFailure> failures() {
    return List.copyOf(failures);
  }
}
