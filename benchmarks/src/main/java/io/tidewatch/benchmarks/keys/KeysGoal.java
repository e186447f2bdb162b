package io.tidewatch.benchmarks.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that was promised.
 *
 * @param text of what
 * @param target the promise
 * @param measured the worst of all waves
 */
record KeysGoal(String text, String target, double measured, boolean reached) {
  /** Within ten percent of the base. */
  private static final double RETURNED = 1.10;

  /** The goals, for each kind of windows. */
  static List<KeysGoal> of(List<KeysResult> returns) {
    List<KeysGoal> goals = new ArrayList<>();
    for (KeysResult result : returns) {
      String kind = "%s, %,d keys: ".formatted(result.spec().kind().label(), result.spec().keys());
      double left = result.drained().stream().mapToLong(Moment::entries).max().orElse(-1);
      goals.add(new KeysGoal(kind + "keys and timers left after a wave", "0", left, left == 0));
      goals.add(
          atMost(
              kind + "savepoint after a wave / base",
              result.worst(moment -> moment.census().fileBytes())));
      goals.add(atMost(kind + "heap after a wave / base", result.worst(Moment::heapBytes)));
      double fired =
          result.moments().get(result.moments().size() - 1).windows()
              / (double) result.spec().windowsDue();
      goals.add(
          new KeysGoal(
              kind + "windows fired / due, no `OutOfMemoryError`", "1", fired, fired == 1));
    }
    return goals;
  }

  private static KeysGoal atMost(String text, double ratio) {
    return new KeysGoal(text, "≤ %.2f".formatted(RETURNED), ratio, ratio <= RETURNED);
  }

  /** A line of the table. */
  String line() {
    return String.format(
        Locale.ROOT,
        measured == Math.rint(measured) ? "| %s | %s | %.0f | %s |" : "| %s | %s | %.3f | %s |",
        text,
        target,
        measured,
        reached ? "yes" : "no");
  }
}
