package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PointWindowsTest {
  private static final long FORGET_MS = 1_000;

  /** Points are numbers, those of one millisecond in their natural order. */
  private record Source(PointWindowSpec spec) implements PointSource<String, Long> {
    @Override
    public PointWindowSpec window(String key) {
      return spec;
    }

    @Override
    public int compare(Long a, Long b) {
      return a.compareTo(b);
    }
  }

  /** A window is its range and what lies in it. */
  private record Content(PointWindowSpec spec)
      implements WindowAggregate<String, Long, List<Long>, String> {
    @Override
    public WindowSpec window(String key) {
      return spec.panes();
    }

    @Override
    public List<Long> create(String key) {
      return new ArrayList<>();
    }

    @Override
    public void add(List<Long> pane, Long record) {
      pane.add(record);
    }

    @Override
    public void merge(List<Long> into, List<Long> from) {
      into.addAll(from);
    }

    @Override
    public String result(String key, long startMs, long endMs, List<Long> merged) {
      return text(startMs, endMs, merged);
    }

    @Override
    public HeapBytes paneBytes(String key) {
      return HeapBytes.always(0);
    }

    @Override
    public AccumulatorCodec<List<Long>> codec() {
      return new Longs();
    }
  }

  private static final class Longs implements AccumulatorCodec<List<Long>> {
    private static final long serialVersionUID = 1;

    @Override
    public void write(List<Long> value, DataOutput out) throws IOException {
      out.writeInt(value.size());
      for (long each : value) {
        out.writeLong(each);
      }
    }

    @Override
    public List<Long> read(DataInput in) throws IOException {
      List<Long> value = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        value.add(in.readLong());
      }
      return value;
    }

    @Override
    public List<Long> copy(List<Long> value) {
      return new ArrayList<>(value);
    }
  }

  /** One series, fed millisecond by millisecond as the Flink function does. */
  private static final class Series {
    private final PointSeriesCodec<List<Long>> codec = new PointSeriesCodec<>(new Longs());
    private final List<String> results = new ArrayList<>();
    private PointWindows<String, Long, List<Long>, String> windows;
    private @Nullable PointSeries<List<Long>> state;
    private long dropped;

    Series(PointWindowSpec spec) {
      windows = new PointWindows<>(new Source(spec), new Content(spec));
    }

    Series at(long timeMs, long... points) {
      PointSeries<List<Long>> series = state;
      if (series == null || windows.isOver("k", series, timeMs)) {
        dropped += series == null ? 0 : series.untold();
        series = windows.begin("k", series);
      }
      List<Long> sameTime = new ArrayList<>(LongStream.of(points).boxed().toList());
      results.addAll(windows.add("k", series, sameTime, timeMs));
      state = series;
      return this;
    }

    /** To bytes and back, or a copy as a snapshot makes it. */
    void restart(boolean copy) throws IOException {
      if (state != null) {
        state = copy ? codec.copy(state) : read(bytes());
      }
    }

    byte[] bytes() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.write(state, new DataOutputStream(bytes));
      return bytes.toByteArray();
    }

    PointSeries<List<Long>> read(byte[] bytes) throws IOException {
      return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
  }

  private static String text(long startMs, long endMs, List<Long> points) {
    return "[%d, %d) %s".formatted(startMs, endMs, points.stream().sorted().toList());
  }

  private static PointWindowSpec spec(int size, int slide) {
    return new PointWindowSpec(size, slide, Duration.ofMillis(FORGET_MS));
  }

  @Test
  void tellsTheFirstWindowWithItsLastPointAndThenOneASlide() {
    Series series = new Series(spec(4, 2));
    series.at(10, 0).at(20, 1).at(30, 2);
    assertThat(series.results).isEmpty();
    series.at(40, 3);
    assertThat(series.results).containsExactly("[10, 41) [0, 1, 2, 3]");
    series.at(50, 4).at(60, 5).at(70, 6);
    assertThat(series.results).containsExactly("[10, 41) [0, 1, 2, 3]", "[30, 61) [2, 3, 4, 5]");
  }

  @Test
  void windowsThatEndInOneMillisecondHaveEndsOfTheirOwn() {
    Series series = new Series(spec(2, 1));
    series.at(10, 3, 1, 2, 0).at(11, 4).at(20, 5);
    assertThat(series.results)
        .containsExactly(
            "[10, 11) [0, 1]",
            "[10, 12) [1, 2]",
            "[10, 13) [2, 3]",
            "[10, 14) [3, 4]",
            "[11, 21) [4, 5]");
  }

  @Test
  void beginsAnewAfterASilenceAndDropsWhatWasHalfFull() {
    Series series = new Series(spec(3, 2));
    series.at(0, 0).at(1, 1).at(2, 2).at(3, 3);
    series.at(2 + FORGET_MS, 4).at(2 + 2 * FORGET_MS, 5).at(3 + 2 * FORGET_MS, 6);
    assertThat(series.results).containsExactly("[0, 3) [0, 1, 2]", "[2, 1003) [2, 3, 4]");
    assertThat(series.dropped).isZero();
    series.at(3 + 3 * FORGET_MS, 7).at(4 + 3 * FORGET_MS, 8).at(5 + 3 * FORGET_MS, 9);
    assertThat(series.dropped).isEqualTo(2);
    assertThat(series.results).hasSize(3).endsWith("[3003, 3006) [7, 8, 9]");
  }

  @Test
  void beginsAnewWhenItsWindowsWereChanged() {
    Series series = new Series(spec(3, 3));
    series.at(0, 0, 1, 2, 3, 4, 5).at(1, 6);
    assertThat(series.results).containsExactly("[0, 1) [0, 1, 2]", "[0, 2) [3, 4, 5]");
    series.windows = new PointWindows<>(new Source(spec(2, 2)), new Content(spec(2, 2)));
    series.at(2, 7, 8);
    assertThat(series.dropped).isOne();
    assertThat(series.results).endsWith("[2, 3) [7, 8]").hasSize(3);
  }

  @Test
  void keepsThePanesOfOneWindowAndNoMore() {
    for (PointWindowSpec spec : List.of(spec(12, 4), spec(12, 8), spec(7, 3), spec(5, 5))) {
      Series series = new Series(spec);
      for (int i = 0; i < 100; i++) {
        series.at(i, i);
        assertThat(series.state.panes.size())
            .isLessThanOrEqualTo((int) (spec.size() / spec.panes().slideMs()));
        assertThat(series.state.beginsMs.size())
            .isLessThanOrEqualTo((spec.size() + spec.slide() - 1) / spec.slide());
      }
    }
  }

  @Test
  void asksWhetherASeriesIsOverNotBeforeItIsAndLessThanTwiceAsLate() {
    Series series = new Series(spec(3, 1));
    for (long timeMs : new long[] {-2_500, -2_000, -1_001, -1, 0, 1, 999, 1_000, 1_500}) {
      series.at(timeMs, 0);
      long askedMs = series.windows.overAtMs("k", series.state);
      assertThat(askedMs).isBetween(timeMs + FORGET_MS, timeMs + 2 * FORGET_MS - 1);
      assertThat(series.windows.isOver("k", series.state, askedMs)).isTrue();
      assertThat(series.windows.isOver("k", series.state, timeMs + FORGET_MS - 1)).isFalse();
    }
  }

  @Test
  void aRecordAtTheWatermarkIsLate() {
    PointWindows<String, Long, List<Long>, String> windows = new Series(spec(2, 1)).windows;
    assertThat(windows.isLate(10, 10)).isTrue();
    assertThat(windows.isLate(11, 10)).isFalse();
    assertThat(windows.isLate(0, Long.MIN_VALUE)).isFalse();
  }

  static Stream<Arguments> streams() {
    return Stream.of(
            spec(1, 1), spec(5, 5), spec(10, 5), spec(10, 1), spec(10, 3), spec(12, 8), spec(60, 2))
        .flatMap(spec -> LongStream.range(0, 6).mapToObj(seed -> Arguments.of(spec, seed)));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void countsAsANaiveProgramDoesAlsoWhenRestartedAnywhere(PointWindowSpec spec, long seed)
      throws IOException {
    Map<Long, List<Long>> points = points(new Random(seed));
    Series uninterrupted = new Series(spec);
    Series restarted = new Series(spec);
    Random random = new Random(seed + 1);
    for (Map.Entry<Long, List<Long>> sameTime : points.entrySet()) {
      long[] values = sameTime.getValue().stream().mapToLong(Long::longValue).toArray();
      uninterrupted.at(sameTime.getKey(), values);
      Collections.shuffle(sameTime.getValue(), random);
      values = sameTime.getValue().stream().mapToLong(Long::longValue).toArray();
      restarted.at(sameTime.getKey(), values);
      if (random.nextInt(5) == 0) {
        restarted.restart(random.nextBoolean());
      }
    }
    assertThat(uninterrupted.results).isEqualTo(naive(points, spec)).isNotEmpty();
    assertThat(restarted.results).isEqualTo(uninterrupted.results);
    assertThat(restarted.dropped).isEqualTo(uninterrupted.dropped);
    assertThat(restarted.bytes()).isEqualTo(uninterrupted.bytes());
  }

  /** Unordered points by time: bursts in one millisecond, repeated values, pauses, silences. */
  private static Map<Long, List<Long>> points(Random random) {
    Map<Long, List<Long>> points = new TreeMap<>();
    long timeMs = -5_000;
    for (int i = 0; i < 800; i++) {
      timeMs += random.nextInt(4) == 0 ? 0 : random.nextInt(20);
      timeMs += random.nextInt(150) == 0 ? random.nextInt(3 * (int) FORGET_MS) : 0;
      points.computeIfAbsent(timeMs, time -> new ArrayList<>()).add((long) random.nextInt(50));
      timeMs -= random.nextInt(200) == 0 ? 0 : random.nextInt(3);
    }
    return points;
  }

  private static List<String> naive(Map<Long, List<Long>> points, PointWindowSpec spec) {
    List<String> windows = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    long newestMs = Long.MIN_VALUE;
    long toldMs = Long.MIN_VALUE;
    for (Map.Entry<Long, List<Long>> sameTime : points.entrySet()) {
      long timeMs = sameTime.getKey();
      if (!times.isEmpty() && timeMs - Math.max(newestMs, toldMs) >= FORGET_MS) {
        times.clear();
        values.clear();
      }
      newestMs = timeMs;
      for (long value : sameTime.getValue().stream().sorted().toList()) {
        times.add(timeMs);
        values.add(value);
        int start = values.size() - spec.size();
        if (start >= 0 && start % spec.slide() == 0) {
          toldMs = Math.max(timeMs, toldMs + 1);
          windows.add(text(times.get(start), toldMs + 1, values.subList(start, values.size())));
        }
      }
    }
    return windows;
  }

  /** Size 4, slide 2, five points, one window told. */
  private static final String VERSION_1 =
      "01" // version
          + "00000004"
          + "00000002" // size, slide
          + "0000000000000005" // points
          + "0000000000000032"
          + "0000000000000028" // last, told
          + "01"
          + "00000002" // panes
          + "0000000000000002"
          + "00000002"
          + "0000000000000002"
          + "0000000000000003"
          + "0000000000000004"
          + "00000001"
          + "0000000000000004"
          + "01"
          + "00000002" // begins
          + "0000000000000002"
          + "000000000000001e"
          + "0000000000000004"
          + "0000000000000032";

  @Test
  void bytesOfVersionOneAreAPromise() throws IOException {
    Series series = new Series(spec(4, 2)).at(10, 0).at(20, 1).at(30, 2).at(40, 3).at(50, 4);
    assertThat(HexFormat.of().formatHex(series.bytes())).isEqualTo(VERSION_1);
    series.state = series.read(HexFormat.of().parseHex(VERSION_1));
    series.at(60, 5);
    assertThat(series.results).endsWith("[30, 61) [2, 3, 4, 5]");
  }

  @Test
  void refusesBytesThatAreNoSeries() {
    assertRefused("02", 0, "points: version must be 1, was 2");
    assertRefused("00000005", 5, "points: slide must be 1 to size (4), was 5");
    assertRefused("00000000", 5, "points: slide must be 1 to size (4), was 0");
    assertRefused("ffffffffffffffff", 9, "points: number must be ≥ 0, was -1");
  }

  private static void assertRefused(String hex, int at, String error) {
    String bytes =
        VERSION_1.substring(0, 2 * at) + hex + VERSION_1.substring(2 * at + hex.length());
    assertThatThrownBy(() -> new Series(spec(4, 2)).read(HexFormat.of().parseHex(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage(error);
  }
}
