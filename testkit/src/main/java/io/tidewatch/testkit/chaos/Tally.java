package io.tidewatch.testkit.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two sets compared: what the input asks for, and what is there.
 *
 * @param wanted how many should be there
 * @param got how many are there
 * @param lost wanted and not there
 * @param unexpected there and not wanted: a duplicate under another key, or an invention
 * @param wrong there, wanted, and other than wanted
 * @param examples a few of those that are not as they should be, one line each
 */
public record Tally(
    long wanted, long got, long lost, long unexpected, long wrong, List<String> examples) {
  private static final int MOST_EXAMPLES = 5;

  public Tally {
    examples = List.copyOf(examples);
  }

  /** Nothing wanted, nothing there. */
  public static Tally none() {
    return new Tally(0, 0, 0, 0, 0, List.of());
  }

  /**
   * @param difference what is wrong with what is there, given what is wanted; null when it is right
   */
  public static <K, W, G> Tally of(
      Map<K, W> wanted, Map<K, G> got, BiFunction<W, G, @Nullable String> difference) {
    long lost = 0;
    long wrong = 0;
    List<String> examples = new ArrayList<>();
    for (Map.Entry<K, W> entry : wanted.entrySet()) {
      G there = got.get(entry.getKey());
      String how = there == null ? "lost" : difference.apply(entry.getValue(), there);
      if (how == null) {
        continue;
      }
      if (there == null) {
        lost++;
      } else {
        wrong++;
      }
      note(examples, entry.getKey() + ": " + how);
    }
    long unexpected = 0;
    for (K key : got.keySet()) {
      if (!wanted.containsKey(key)) {
        unexpected++;
        note(examples, key + ": not wanted");
      }
    }
    return new Tally(wanted.size(), got.size(), lost, unexpected, wrong, examples);
  }

  /** Whether both sets are the same. */
  public boolean isExact() {
    return lost == 0 && unexpected == 0 && wrong == 0;
  }

  private static void note(List<String> examples, String line) {
    if (examples.size() < MOST_EXAMPLES) {
      examples.add(line);
    }
  }
}
