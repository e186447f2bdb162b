package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.model.WindowSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlidingWindowsTest {

  /** Sums longs; exact, so that a record counted twice or not at all shows. */
  private record Sum(WindowSpec window) implements WindowAggregate<String, Long, long[], String> {
    @Override
    public WindowSpec window(String key) {
      return window;
    }

    @Override
    public long[] create(String key) {
      return new long[1];
    }

    @Override
    public void add(long[] pane, Long record) {
      pane[0] += record;
    }

    @Override
    public void merge(long[] into, long[] from) {
      into[0] += from[0];
    }

    @Override
    public String result(String key, long startMs, long endMs, long[] merged) {
      return key + " [" + startMs + "," + endMs + ") " + merged[0];
    }

    @Override
    public String revised(String result, int revision) {
      return result + " r" + revision;
    }

    @Override
    public HeapBytes paneBytes(String key) {
      return HeapBytes.always(24);
    }

    @Override
    public AccumulatorCodec<long[]> codec() {
      return new SumCodec();
    }
  }

  private record SumCodec() implements AccumulatorCodec<long[]> {
    @Override
    public void write(long[] value, DataOutput out) throws IOException {
      out.writeLong(value[0]);
    }

    @Override
    public long[] read(DataInput in) throws IOException {
      return new long[] {in.readLong()};
    }

    @Override
    public long[] copy(long[] value) {
      return value.clone();
    }
  }

  /** What a Flink operator does around it: a set of timers, a watermark. */
  private static final class Series {
    final SlidingWindows<String, Long, long[], String> windows;
    final Panes<long[]> panes = new Panes<>();
    final TreeSet<Long> timers = new TreeSet<>();
    final List<String> fired = new ArrayList<>();
    int late;
    long watermark = Long.MIN_VALUE;

    Series(WindowSpec window) {
      this(window, 0);
    }

    Series(WindowSpec window, long allowedLatenessMs) {
      windows = new SlidingWindows<>(new Sum(window), Duration.ofMillis(allowedLatenessMs));
    }

    void add(long timeMs, long value) {
      if (windows.isLate("k", timeMs, watermark)) {
        late++;
        return;
      }
      if (windows.isClosed("k", timeMs, watermark)) {
        fired.addAll(windows.correct("k", panes, value, timeMs, watermark));
        timers.add(windows.nextEndMs("k", watermark));
        return;
      }
      long endMs = windows.add("k", panes, value, timeMs);
      if (endMs != SlidingWindows.NONE) {
        timers.add(endMs);
      }
    }

    void advanceTo(long newWatermark) {
      watermark = newWatermark;
      while (!timers.isEmpty() && timers.first() - 1 <= watermark) {
        long endMs = timers.pollFirst();
        String result = windows.fire("k", panes, endMs);
        if (result != null) {
          fired.add(result);
        }
        long next = windows.advance("k", panes, endMs);
        if (next != SlidingWindows.NONE) {
          timers.add(next);
        }
      }
    }
  }

  private static WindowSpec spec(long sizeMs, long slideMs) {
    return new WindowSpec(Duration.ofMillis(sizeMs), Duration.ofMillis(slideMs));
  }

  @Test
  void firesEachWindowThatHoldsARecordOnce() {
    Series series = new Series(spec(30, 10));
    series.add(5, 1);
    series.add(12, 2);
    series.advanceTo(Long.MAX_VALUE - 1);
    assertThat(series.fired)
        .containsExactly("k [-20,10) 1", "k [-10,20) 3", "k [0,30) 3", "k [10,40) 2");
    assertThat(series.panes.isEmpty()).isTrue();
    assertThat(series.timers).isEmpty();
  }

  @Test
  void firesNothingInAGapAndGoesOnAfterIt() {
    Series series = new Series(spec(20, 10));
    series.add(5, 1);
    series.add(1005, 2);
    series.advanceTo(Long.MAX_VALUE - 1);
    assertThat(series.fired)
        .containsExactly("k [-10,10) 1", "k [0,20) 1", "k [990,1010) 2", "k [1000,1020) 2");
    assertThat(series.panes.isEmpty()).isTrue();
  }

  @Test
  void callsARecordLateOnceTheFirstOfItsWindowsHasFired() {
    Series series = new Series(spec(30, 10));
    series.advanceTo(8);
    series.add(9, 1);
    assertThat(series.late).isZero();
    series.advanceTo(9);
    series.add(9, 1);
    assertThat(series.late).isEqualTo(1);
    series.add(10, 1);
    assertThat(series.late).isEqualTo(1);
  }

  @Test
  void alignsWindowsToTheEpochAlsoBeforeIt() {
    Series series = new Series(spec(10, 10));
    series.add(-1, 7);
    series.advanceTo(100);
    assertThat(series.fired).containsExactly("k [-10,0) 7");
  }

  @Test
  void equalsANaiveRecomputationOnRandomStreamsWithDisorderAndGaps() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      long slideMs = 1L + random.nextInt(20);
      long sizeMs = slideMs * (1L + random.nextInt(12));
      Series series = new Series(spec(sizeMs, slideMs));
      TreeMap<Long, Long> naive = new TreeMap<>();
      long accepted = 0;
      long timeMs = random.nextInt(1000) - 500L;
      int records = 1 + random.nextInt(300);
      for (int i = 0; i < records; i++) {
        timeMs += random.nextInt(50) == 0 ? random.nextInt(2000) : random.nextInt(8);
        long eventTimeMs = timeMs - random.nextInt(40);
        long value = random.nextInt(1000);
        int lateBefore = series.late;
        series.add(eventTimeMs, value);
        if (series.late == lateBefore) {
          accepted += value;
          long endMs = Math.floorDiv(eventTimeMs, slideMs) * slideMs + slideMs;
          for (; endMs - sizeMs <= eventTimeMs; endMs += slideMs) {
            naive.merge(endMs, value, Long::sum);
          }
        }
        if (random.nextInt(4) == 0) {
          series.advanceTo(Math.max(series.watermark, timeMs - random.nextInt(60)));
        }
      }
      series.advanceTo(Long.MAX_VALUE - 1);
      List<String> wanted = new ArrayList<>();
      long tiled = 0;
      for (var window : naive.entrySet()) {
        long endMs = window.getKey();
        wanted.add("k [" + (endMs - sizeMs) + "," + endMs + ") " + window.getValue());
        tiled += Math.floorMod(endMs, sizeMs) == 0 ? window.getValue() : 0;
      }
      assertThat(series.fired).as("seed %d", seed).isEqualTo(wanted);
      assertThat(tiled).as("windows that tile time, seed %d", seed).isEqualTo(accepted);
      assertThat(series.panes.isEmpty()).as("panes left, seed %d", seed).isTrue();
    }
  }

  @Test
  void correctsTheWindowsThatHaveFired() {
    Series series = new Series(spec(30, 10), 15);
    series.add(5, 1);
    series.advanceTo(19);
    series.add(6, 2);
    series.add(12, 4);
    series.advanceTo(23);
    series.add(7, 8);
    series.advanceTo(24);
    series.add(8, 16);
    series.advanceTo(1_000);
    assertThat(series.fired)
        .containsExactly(
            "k [-20,10) 1",
            "k [-10,20) 1",
            "k [-20,10) 3 r1",
            "k [-10,20) 3 r1",
            "k [-10,20) 7 r2",
            "k [-20,10) 11 r2",
            "k [-10,20) 15 r3",
            "k [0,30) 15",
            "k [10,40) 4");
    assertThat(series.late).isOne();
    assertThat(series.panes.isEmpty()).isTrue();
  }

  @Test
  void tellsOfASeriesThatWasSilentByCorrectionsOnly() {
    Series series = new Series(spec(20, 10), 100);
    series.advanceTo(55);
    series.add(5, 1);
    series.add(45, 2);
    series.advanceTo(1_000);
    assertThat(series.fired)
        .containsExactly("k [-10,10) 1 r1", "k [0,20) 1 r1", "k [30,50) 2 r1", "k [40,60) 2");
    assertThat(series.panes.isEmpty()).isTrue();
  }

  @Test
  void correctedWindowsEqualANaiveRecomputationToo() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      long slideMs = 1L + random.nextInt(20);
      long sizeMs = slideMs * (1L + random.nextInt(12));
      long latenessMs = random.nextInt(60);
      Series series = new Series(spec(sizeMs, slideMs), latenessMs);
      TreeMap<Long, Long> naive = new TreeMap<>();
      long timeMs = random.nextInt(1000) - 500L;
      for (int i = 0; i < 200; i++) {
        timeMs += random.nextInt(50) == 0 ? random.nextInt(2000) : random.nextInt(8);
        long eventTimeMs = timeMs - random.nextInt(80);
        long value = 1L + random.nextInt(1000);
        long endMs = Math.floorDiv(eventTimeMs, slideMs) * slideMs + slideMs;
        boolean late = endMs - 1 + latenessMs <= series.watermark;
        int lateBefore = series.late;
        series.add(eventTimeMs, value);
        assertThat(series.late - lateBefore).isEqualTo(late ? 1 : 0);
        for (; !late && endMs - sizeMs <= eventTimeMs; endMs += slideMs) {
          naive.merge(endMs, value, Long::sum);
        }
        if (random.nextInt(4) == 0) {
          series.advanceTo(Math.max(series.watermark, timeMs - random.nextInt(60)));
        }
      }
      series.advanceTo(Long.MAX_VALUE / 2);
      TreeMap<Long, Long> last = new TreeMap<>();
      TreeMap<Long, Integer> revisions = new TreeMap<>();
      for (String result : series.fired) {
        String[] words = result.split("[ ,)]+", -1);
        long endMs = Long.parseLong(words[2]);
        int revision = words.length < 5 ? 0 : Integer.parseInt(words[4].substring(1));
        Integer before = revisions.put(endMs, revision);
        assertThat(before == null || before < revision).as("seed %d: %s", seed, result).isTrue();
        last.put(endMs, Long.parseLong(words[3]));
      }
      assertThat(last).as("seed %d", seed).isEqualTo(naive);
      assertThat(series.panes.isEmpty()).as("panes left, seed %d", seed).isTrue();
      assertThat(series.timers).isEmpty();
    }
  }

  @Test
  void refusesANegativeLateness() {
    assertThatThrownBy(() -> new Series(spec(10, 10), -1))
        .hasMessage("allowed_lateness: must be ≥ PT0S, was PT-0.001S");
  }
}
