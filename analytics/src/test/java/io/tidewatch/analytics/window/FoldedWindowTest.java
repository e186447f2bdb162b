package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedWindowTest {

  /** Counts the folds, and tells in which order they were made. */
  private static final class Texts {
    int folds;

    FoldedWindow<String, StringBuilder> window(long sizeMs) {
      return new FoldedWindow<>(
          sizeMs,
          StringBuilder::new,
          (into, pane) -> {
            folds++;
            into.append('(').append(pane).append(')');
          },
          (into, from) -> {
            folds++;
            into.append(from);
          });
    }
  }

  @Test
  void holdsThePanesOfTheWindowAndNoOther() {
    Random random = new Random(3);
    for (int overlap : new int[] {1, 2, 3, 7, 30}) {
      FoldedWindow<String, StringBuilder> window = new Texts().window(10L * overlap);
      Panes<String> panes = new Panes<>();
      for (long endMs = -500; endMs < 2_000; endMs += 10) {
        if (random.nextInt(60) == 0) {
          endMs += 10L * random.nextInt(3 * overlap);
        }
        if (random.nextInt(3) > 0) {
          panes.insert(endMs - 10, Long.toString(endMs - 10));
        }
        panes.insert(endMs, "open");
        long startMs = endMs - 10L * overlap;
        StringBuilder actual = window.at(panes, startMs, endMs);
        StringBuilder anew = new Texts().window(10L * overlap).at(panes, startMs, endMs);
        String[] expected = panesOf(panes, startMs, endMs);
        if (expected.length == 0) {
          assertThat(actual).isNull();
        } else {
          assertThat(actual.toString().split("[()]+"))
              .as("overlap %d, end %d", overlap, endMs)
              .contains(expected)
              .hasSize(expected.length + 1);
          assertThat(actual).as("folded in the same order").hasToString(anew.toString());
        }
        panes = without(panes, endMs, startMs + 10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 60, 600})
  void foldsThreeTimesAPaneWhateverTheOverlap(int overlap) {
    Texts texts = new Texts();
    FoldedWindow<String, StringBuilder> window = texts.window(overlap);
    Panes<String> panes = new Panes<>();
    int fires = 10 * overlap;
    for (long endMs = 1; endMs <= fires; endMs++) {
      panes.insert(endMs - 1, "");
      assertThat(window.at(panes, endMs - overlap, endMs)).isNotNull();
      panes.dropBefore(endMs - overlap + 1);
    }
    // A tail is copied and added to, a head is added to, a result is copied and merged.
    assertThat(texts.folds).isLessThanOrEqualTo(5 * fires);
  }

  private static String[] panesOf(Panes<String> panes, long startMs, long endMs) {
    return java.util.stream.IntStream.range(0, panes.size())
        .filter(i -> panes.startMs(i) >= startMs && panes.startMs(i) < endMs)
        .mapToObj(panes::get)
        .toArray(String[]::new);
  }

  /** Without the open pane and what the next window does not hold. */
  private static Panes<String> without(Panes<String> panes, long openMs, long startMs) {
    Panes<String> left = new Panes<>();
    for (int i = 0; i < panes.size(); i++) {
      if (panes.startMs(i) != openMs && panes.startMs(i) >= startMs) {
        left.insert(panes.startMs(i), panes.get(i));
      }
    }
    return left;
  }
}
