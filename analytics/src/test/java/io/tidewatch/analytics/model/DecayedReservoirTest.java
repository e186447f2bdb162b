package io.tidewatch.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayedReservoirTest {
  private static final int CAPACITY = 200;
  private static final long MINUTE_MS = 60_000;

  private final DecayedReservoir reservoir =
      new DecayedReservoir(new HistoryRule(CAPACITY, Duration.ofHours(1), 0), 7);

  /** Slots in memory that count what is written. */
  private static final class Slots implements ReservoirSlots {
    final List<ReservoirRow> rows = new ArrayList<>();
    int writes;

    @Override
    public ReservoirRow get(int slot) {
      return rows.get(slot);
    }

    @Override
    public void put(int slot, ReservoirRow row) {
      writes++;
      if (slot == rows.size()) {
        rows.add(row);
      } else {
        rows.set(slot, row);
      }
    }
  }

  @Test
  void keepsTheRowsOfGreatestPriorityInWhateverOrderTheyCome() throws Exception {
    List<ReservoirRow> rows = rows(3_000, MINUTE_MS);
    List<ReservoirRow> expected =
        rows.stream()
            .sorted(Comparator.comparingDouble(ReservoirRow::priority).reversed())
            .limit(CAPACITY)
            .toList();
    for (int order = 0; order < 5; order++) {
      Slots slots = fill(rows);
      assertThat(slots.rows).containsExactlyInAnyOrderElementsOf(expected);
      for (int slot = 1; slot < CAPACITY; slot++) {
        assertThat(slots.rows.get((slot - 1) / 2).priority())
            .isLessThanOrEqualTo(slots.rows.get(slot).priority());
      }
      Collections.shuffle(rows, new Random(order));
    }
  }

  @Test
  void keepsEveryRowUntilItIsFull() throws Exception {
    List<ReservoirRow> rows = rows(CAPACITY, MINUTE_MS);
    assertThat(fill(rows).rows).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void rowsOfAHalfLifeBeforeAreHalfAsLikely() throws Exception {
    double late = 0;
    double early = 0;
    for (int seed = 0; seed < 300; seed++) {
      DecayedReservoir small =
          new DecayedReservoir(new HistoryRule(100, Duration.ofHours(1), 0), seed);
      Slots slots = new Slots();
      int filled = 0;
      for (int i = 0; i < 6_000; i++) {
        filled = small.add(slots, filled, small.row("d" + i % 100, 0, i / 100 * MINUTE_MS, NONE));
      }
      for (ReservoirRow row : slots.rows) {
        late += row.timeMs() >= 30 * MINUTE_MS ? 1 : 0;
        early += row.timeMs() < 30 * MINUTE_MS ? 1 : 0;
      }
    }
    // Weights of the first and the second half hour are as 1 to the square root of 2.
    assertThat(late / early).isCloseTo(Math.sqrt(2), within(0.05));
  }

  @Test
  void aFullHistoryIsHardlyWritten() throws Exception {
    // 20,000 rows a second apart, half-life an hour: few are kept once it is full.
    Slots slots = new Slots();
    int filled = 0;
    int atFull = 0;
    for (int i = 0; i < 20_000; i++) {
      filled = reservoir.add(slots, filled, reservoir.row("d", 0, i * 1_000L, NONE));
      atFull = filled < CAPACITY ? slots.writes : atFull;
    }
    int log = 32 - Integer.numberOfLeadingZeros(CAPACITY);
    assertThat(slots.writes - atFull).isLessThan(20_000 / 10 * log).isPositive();
  }

  private static final double[] NONE = {};

  private Slots fill(List<ReservoirRow> rows) throws Exception {
    Slots slots = new Slots();
    int filled = 0;
    for (ReservoirRow row : rows) {
      filled = reservoir.add(slots, filled, row);
    }
    assertThat(filled).isEqualTo(CAPACITY).isEqualTo(slots.rows.size());
    return slots;
  }

  private List<ReservoirRow> rows(int count, long stepMs) {
    List<ReservoirRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(reservoir.row("d-" + i % 7, i * stepMs, (i + 1) * stepMs, new double[] {i}));
    }
    return rows;
  }
}
