package io.tidewatch.jobs.sink.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores all rows of a batch but those that the database refuses. For one refused row among {@code
 * n} it takes at most {@code 1 + ceil(log2 n)} tries more than for none: halves that were not tried
 * wait, and go together in the end.
 */
final class Bisection {
  private Bisection() {}

  /** Writes rows together. */
  @FunctionalInterface
  interface Attempt<T> {
    /** Null when all were stored; why not, when none were and one of them is the cause. */
    @Nullable SQLException write(List<T> rows) throws IOException, InterruptedException;
  }

  /** Told of each row that is not stored, and why. */
  @FunctionalInterface
  interface Refusal<T> {
    void accept(T row, SQLException reason) throws IOException, InterruptedException;
  }

  /**
   * @param rows of different keys
   * @return how many were refused
   */
  static <T> int write(List<T> rows, Attempt<T> attempt, Refusal<T> refusal)
      throws IOException, InterruptedException {
    List<T> left = rows;
    int refused = 0;
    while (!left.isEmpty()) {
      SQLException reason = attempt.write(left);
      if (reason == null) {
        return refused;
      }
      left = refuseOne(left, reason, attempt, refusal);
      refused++;
    }
    return refused;
  }

  /** Finds one that is refused, stores what it passes on the way, returns what was not tried. */
  private static <T> List<T> refuseOne(
      List<T> rows, SQLException failure, Attempt<T> attempt, Refusal<T> refusal)
      throws IOException, InterruptedException {
    List<T> suspects = rows;
    SQLException reason = failure;
    List<T> untried = new ArrayList<>();
    while (suspects.size() > 1) {
      int half = suspects.size() / 2;
      List<T> first = suspects.subList(0, half);
      List<T> second = suspects.subList(half, suspects.size());
      SQLException ofFirst = attempt.write(first);
      if (ofFirst == null) {
        suspects = second; // what both were refused for is one of these
      } else {
        untried.addAll(second);
        suspects = first;
        reason = ofFirst;
      }
    }
    refusal.accept(suspects.get(0), reason);
    return untried;
  }
}
