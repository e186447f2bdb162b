package io.tidewatch.udfs.window;

import io.tidewatch.schemas.model.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Seeded streams of a few series: disorder, pauses, records that come twice, and watermarks that
 * overtake some.
 */
final class Arrivals {
  /** Stands for no watermark. */
  static final long NONE = Long.MIN_VALUE;

  private static final int RECORDS = 600;
  private static final int SERIES = 5;

  private Arrivals() {}

  /**
   * @param random chooses what the record carries
   * @param watermarkMs the watermark that follows the record; {@link #NONE} when none does
   * @param late whether its first window had fired when it came
   */
  record Arrival(int series, long timeMs, double random, long watermarkMs, boolean late) {}

  static List<Arrival> of(long seed, WindowSpec window) {
    Random random = new Random(seed);
    long slideMs = window.slideMs();
    int disorderMs = (int) (2 * slideMs);
    long newestMs = -3 * window.sizeMs(); // the epoch is no border
    long watermarkMs = NONE;
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      newestMs += random.nextInt((int) slideMs);
      if (random.nextInt(100) == 0) {
        newestMs += random.nextInt((int) (3 * window.sizeMs()));
      }
      // The same record once more, a while later: a source that sends at least once.
      Arrival again =
          random.nextInt(10) == 0 && i > 0
              ? arrivals.get(i - 1 - random.nextInt(Math.min(i, 8)))
              : null;
      long timeMs = again == null ? newestMs - random.nextInt(disorderMs) : again.timeMs();
      long firstEndMs = Math.floorDiv(timeMs, slideMs) * slideMs + slideMs;
      boolean late = firstEndMs - 1 <= watermarkMs;
      boolean moves = random.nextInt(8) == 0;
      if (moves) {
        watermarkMs = Math.max(watermarkMs, newestMs - slideMs / 2);
      }
      arrivals.add(
          new Arrival(
              again == null ? random.nextInt(SERIES) : again.series(),
              timeMs,
              again == null ? random.nextDouble() : again.random(),
              moves ? watermarkMs : NONE,
              late));
    }
    return arrivals;
  }
}
