package io.tidewatch.benchmarks.keys;

import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;

/**
 * One run.
 *
 * @param kind whose windows
 * @param backend where state lives, as {@code state.backend.type} names it
 * @param windowSeconds length of the windows
 * @param slideSeconds how far they are apart
 * @param keys keys of a wave
 * @param perKeyAndSecond records of a key and event-second; {@link Waves#ONCE} for one in all
 * @param waves how many, after the first small one
 * @param drained whether the waves are also looked at once they are over
 */
public record KeysSpec(
    WindowKind kind,
    String backend,
    int windowSeconds,
    int slideSeconds,
    int keys,
    int perKeyAndSecond,
    int waves,
    boolean drained) {
  /** The small wave needs enough keys to warm the code up. */
  private static final int WARM_UP_SHARE = 20;

  WindowSpec window() {
    return new WindowSpec(Duration.ofSeconds(windowSeconds), Duration.ofSeconds(slideSeconds));
  }

  /** Windows a record lies in. */
  int overlap() {
    return windowSeconds / slideSeconds;
  }

  /**
   * Single records come within a window less a slide, so that at the end of that all keys live.
   * Steady keys come until their window has moved over the cut of its blocks: then all its panes
   * and the most folds are there, see {@code FoldedWindow}.
   */
  Waves events() {
    int active =
        perKeyAndSecond == Waves.ONCE
            ? Math.max(1, windowSeconds - slideSeconds)
            : windowSeconds + 2 * slideSeconds;
    return new Waves(
        Math.max(1, keys / WARM_UP_SHARE), keys, perKeyAndSecond, active, windowSeconds);
  }

  /** Windows that have fired when everything is over, of single records. */
  long windowsDue() {
    return (events().warmUpKeys() + (long) waves * keys) * overlap();
  }
}
