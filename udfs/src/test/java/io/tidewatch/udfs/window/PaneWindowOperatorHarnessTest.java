package io.tidewatch.udfs.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.WindowOracle;
import io.tidewatch.udfs.KeyedRun;
import io.tidewatch.udfs.window.Arrivals.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PaneWindowOperatorHarnessTest {
  private static final WindowSpec FIVE_BY_ONE = window(5_000, 1_000);

  private final Subject<EndpointKey, ApiLatency, LatencyWindow> latency =
      Subject.latency(FIVE_BY_ONE);

  @Test
  void firesEachWindowThatHoldsARecordWhenTheWatermarkReachesItsLastMillisecond() throws Exception {
    try (var run = latency.start()) {
      run.add(request(10_500), 10_500);
      run.watermark(10_998);
      assertThat(run.results()).isEmpty();
      run.watermark(10_999);
      assertThat(run.results()).extracting(LatencyWindow::windowEndMs).containsExactly(11_000L);
      run.watermark(60_000);
      assertThat(run.results())
          .extracting(LatencyWindow::windowEndMs)
          .containsExactly(11_000L, 12_000L, 13_000L, 14_000L, 15_000L);
      assertThat(run.results()).allMatch(result -> result.count() == 1);
      assertThat(run.counter("tidewatch.windows_total")).isEqualTo(5);
    }
  }

  @Test
  void resultsBearTheLastMillisecondOfTheirWindowAsEventTime() throws Exception {
    try (var run = latency.start()) {
      run.add(request(10_500), 10_500);
      run.watermark(60_000);
      assertThat(run.resultTimesMs()).containsExactly(10_999L, 11_999L, 12_999L, 13_999L, 14_999L);
    }
  }

  @Test
  void sendsARecordAsideWhenItsFirstWindowHasFired() throws Exception {
    try (var run = latency.start()) {
      run.add(request(10_500), 10_500);
      run.watermark(10_998);
      run.add(request(10_501), 10_501);
      run.watermark(10_999);
      run.add(request(10_502), 10_502);
      run.add(request(11_000), 11_000);
      run.watermark(60_000);

      assertThat(run.side(latency.lateTag())).containsExactly(request(10_502));
      assertThat(run.counter("tidewatch.late_total")).isEqualTo(1);
      assertThat(run.results().get(0).count()).isEqualTo(2);
      assertThat(run.results().get(1).count()).isEqualTo(3);
    }
  }

  @Test
  void aRecordThatWasLateBeforeARestartIsLateAfterIt() throws Exception {
    try (var run = latency.start()) {
      run.add(request(10_500), 10_500);
      run.watermark(12_000);
      run.restart(latency.operator(), 2);
      run.add(request(10_501), 10_501);
      run.add(request(12_500), 12_500);
      run.watermark(60_000);
      assertThat(run.side(latency.lateTag())).containsExactly(request(10_501));
      assertThat(run.results())
          .extracting(LatencyWindow::windowEndMs)
          .startsWith(11_000L, 12_000L, 13_000L);
    }
  }

  @Test
  void correctsFiredWindowsWithinTheAllowedLatenessAlsoAfterARestart() throws Exception {
    var patient =
        PaneWindowOperator.ofRecords(
            new LatencyAggregate(FIVE_BY_ONE),
            LatencyPanesSerializer.INSTANCE,
            latency.lateTag(),
            Duration.ofSeconds(2),
            Subject.PLENTY);
    try (var run = new KeyedRun<>(patient, latency.key(), latency.keyType())) {
      run.add(request(10_500), 10_500);
      run.watermark(11_999);
      run.add(request(10_600), 10_600);
      run.restart(patient, 1);
      run.add(request(10_700), 10_700);
      run.watermark(12_999);
      run.add(request(10_800), 10_800);
      run.watermark(60_000);

      assertThat(run.results())
          .extracting(LatencyWindow::windowEndMs, LatencyWindow::count, LatencyWindow::revision)
          .containsExactly(
              tuple(11_000L, 1L, 0),
              tuple(12_000L, 1L, 0),
              tuple(11_000L, 2L, 1),
              tuple(12_000L, 2L, 1),
              tuple(11_000L, 3L, 2),
              tuple(12_000L, 3L, 2),
              tuple(13_000L, 3L, 0),
              tuple(14_000L, 3L, 0),
              tuple(15_000L, 3L, 0));
      assertThat(run.side(latency.lateTag())).containsExactly(request(10_800));
      assertThat(run.counter("tidewatch.corrections_total")).isEqualTo(4);
      assertThat(run.counter("tidewatch.windows_total")).isEqualTo(5);
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
    }
  }

  @Test
  void aDrainedJobThatGoesOnTakesRecordsAgain() throws Exception {
    try (var run = latency.start()) {
      run.add(request(10_500), 10_500);
      run.watermark(Long.MAX_VALUE);
      run.restart(latency.operator(), 1);
      run.add(request(90_500), 90_500);
      run.watermark(91_000);
      assertThat(run.side(latency.lateTag())).isEmpty();
      assertThat(run.results()).extracting(LatencyWindow::windowEndMs).endsWith(91_000L);
    }
  }

  @Test
  void needsOneTimerForEachPaneThatIsOpen() throws Exception {
    try (var run = latency.start()) {
      run.add(request(10_100), 10_100);
      run.add(request(10_900), 10_900);
      run.barrier();
      assertThat(run.timers()).isEqualTo(1);
      run.add(request(11_000), 11_000);
      run.barrier();
      assertThat(run.timers()).isEqualTo(2);
      run.watermark(10_999);
      assertThat(run.timers()).as("the next window of pane 10 is the first of pane 11").isOne();
      run.watermark(11_999);
      assertThat(run.timers()).isOne();
    }
  }

  @Test
  void leavesNothingBehindOfAKeyThatFellSilent() throws Exception {
    try (var run = latency.start()) {
      run.add(request(10_500), 10_500);
      run.watermark(13_999);
      assertThat(run.stateEntries()).isEqualTo(1);
      run.watermark(14_999);
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
    }
  }

  @Test
  void aLateRecordOfAnUnknownKeyLeavesNothingBehind() throws Exception {
    try (var run = latency.start()) {
      run.watermark(60_000);
      run.add(request(10_500), 10_500);
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
    }
  }

  @Test
  void aKeyThatComesBackBeginsAnew() throws Exception {
    try (var run = latency.start()) {
      run.add(request(10_500), 10_500);
      run.watermark(600_000);
      run.add(request(600_500), 600_500);
      run.watermark(900_000);
      assertThat(run.results()).hasSize(10).allMatch(result -> result.count() == 1);
    }
  }

  static Stream<Arguments> streams() {
    return Stream.of(
            window(5_000, 1_000), window(4_000, 4_000), window(6_000, 2_000), window(70, 7))
        .flatMap(
            window ->
                LongStream.range(0, 8)
                    .boxed()
                    .flatMap(
                        seed ->
                            Stream.of(
                                Arguments.of(Subject.features(window), seed),
                                Arguments.of(Subject.points(window), seed),
                                Arguments.of(Subject.latency(window), seed))));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("streams")
  <K, I, R> void computesWhatANaiveProgramComputes(Subject<K, I, R> subject, long seed)
      throws Exception {
    List<Arrival> arrivals = Arrivals.of(seed, subject.window());
    try (KeyedRun<K, I, R> run = subject.start(maxBuffered(seed))) {
      feed(run, subject, arrivals);
      run.watermark(end(arrivals, subject.window()));

      List<I> late = arrivals.stream().filter(Arrival::late).map(subject.record()).toList();
      assertThat(late).as("the stream should have some late records").isNotEmpty();
      assertThat(run.side(subject.lateTag())).isEqualTo(late);
      assertThat(run.counter("tidewatch.late_total")).isEqualTo(late.size());
      assertThat(run.counter("tidewatch.windows_total")).isEqualTo(run.results().size());
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
      check(subject, arrivals, run.results());
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("streams")
  <K, I, R> void windowsThatTileTimeHoldEachRecordOnce(Subject<K, I, R> subject, long seed)
      throws Exception {
    List<Arrival> arrivals = Arrivals.of(seed, subject.window());
    try (KeyedRun<K, I, R> run = subject.start(maxBuffered(seed))) {
      feed(run, subject, arrivals);
      run.watermark(end(arrivals, subject.window()));

      long inTiles =
          run.results().stream()
              .filter(result -> subject.endMs().apply(result) % subject.window().sizeMs() == 0)
              .mapToLong(result -> subject.records().apply(result))
              .sum();
      assertThat(inTiles + run.counter("tidewatch.late_total")).isEqualTo(arrivals.size());
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("streams")
  <K, I, R> void aRestartInTheMiddleOfAWindowChangesNothing(Subject<K, I, R> subject, long seed)
      throws Exception {
    assertThat(restarted(subject, seed, 1)).isEqualTo(uninterrupted(subject, seed));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("streams")
  <K, I, R> void anotherParallelismChangesNothing(Subject<K, I, R> subject, long seed)
      throws Exception {
    assertThat(restarted(subject, seed, 2)).isEqualTo(uninterrupted(subject, seed));
  }

  private static <K, I, R> Map<K, List<R>> uninterrupted(Subject<K, I, R> subject, long seed)
      throws Exception {
    List<Arrival> arrivals = Arrivals.of(seed, subject.window());
    try (KeyedRun<K, I, R> run = subject.start(0)) {
      feed(run, subject, arrivals);
      run.watermark(end(arrivals, subject.window()));
      return bySeries(subject, run.results());
    }
  }

  /** A third of the stream on one subtask, a third on so many, the rest on one again. */
  private static <K, I, R> Map<K, List<R>> restarted(
      Subject<K, I, R> subject, long seed, int parallelism) throws Exception {
    List<Arrival> arrivals = Arrivals.of(seed, subject.window());
    int first = inAnOpenWindow(arrivals, arrivals.size() / 3);
    int second = inAnOpenWindow(arrivals, arrivals.size() * 2 / 3);
    PaneWindowOperator<K, I, I, ?, R> operator = subject.operator(maxBuffered(seed));
    try (KeyedRun<K, I, R> run = subject.start(maxBuffered(seed))) {
      feed(run, subject, arrivals.subList(0, first));
      run.barrier();
      assertThat(run.stateEntries()).as("windows are open").isPositive();
      run.restart(operator, parallelism);
      feed(run, subject, arrivals.subList(first, second));
      run.barrier();
      assertThat(run.stateEntries()).as("windows are open").isPositive();
      run.restart(operator, 1);
      feed(run, subject, arrivals.subList(second, arrivals.size()));
      run.watermark(end(arrivals, subject.window()));
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
      return bySeries(subject, run.results());
    }
  }

  /** None, a small buffer and a large one. */
  private static int maxBuffered(long seed) {
    return new int[] {0, 3, Subject.PLENTY}[(int) (seed % 3)];
  }

  private static <K, I, R> void feed(
      KeyedRun<K, I, R> run, Subject<K, I, R> subject, List<Arrival> arrivals) throws Exception {
    for (Arrival arrival : arrivals) {
      run.add(subject.record().apply(arrival), arrival.timeMs());
      if (arrival.watermarkMs() != Arrivals.NONE) {
        run.watermark(arrival.watermarkMs());
      }
    }
  }

  /** Behind the first record from there on that leaves a window open. */
  private static int inAnOpenWindow(List<Arrival> arrivals, int from) {
    int i = from;
    while (arrivals.get(i).late() || arrivals.get(i).watermarkMs() != Arrivals.NONE) {
      i++;
    }
    return i + 1;
  }

  private static <K, I, R> Map<K, List<R>> bySeries(Subject<K, I, R> subject, List<R> results) {
    return results.stream().collect(Collectors.groupingBy(subject.keyOfResult()));
  }

  private static long end(List<Arrival> arrivals, WindowSpec window) {
    return arrivals.stream().mapToLong(Arrival::timeMs).max().orElseThrow() + window.sizeMs();
  }

  private static <K, I, R> void check(
      Subject<K, I, R> subject, List<Arrival> arrivals, List<R> results) throws Exception {
    Map<K, List<Arrival>> inTime = new HashMap<>();
    for (Arrival arrival : arrivals) {
      if (!arrival.late()) {
        inTime
            .computeIfAbsent(
                subject.key().getKey(subject.record().apply(arrival)), key -> new ArrayList<>())
            .add(arrival);
      }
    }
    Map<K, List<R>> byKey = bySeries(subject, results);
    assertThat(byKey.keySet()).isEqualTo(inTime.keySet());
    for (Map.Entry<K, List<Arrival>> series : inTime.entrySet()) {
      Map<Long, List<Arrival>> expected =
          WindowOracle.windows(series.getValue(), Arrival::timeMs, subject.window());
      List<R> actual = byKey.get(series.getKey());
      assertThat(actual.stream().map(subject.endMs()))
          .as("ends of the windows of %s, in order", series.getKey())
          .isEqualTo(expected.keySet().stream().sorted(Comparator.naturalOrder()).toList());
      for (R result : actual) {
        List<Arrival> members = expected.get(subject.endMs().apply(result));
        subject.check().accept(result, members.stream().map(subject.record()).toList());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("otherWindows")
  void goesOverToAnotherWindowWithTheStateItHas(WindowSpec other) throws Exception {
    Subject<EndpointKey, ApiLatency, LatencyWindow> changed = Subject.latency(other);
    try (var run = latency.start()) {
      feedEverySecond(run, 0, 31);
      run.restart(changed.operator(), 1);
      feedEverySecond(run, 31, 120);
      run.watermark(600_000);

      List<LatencyWindow> after =
          run.results().stream().filter(result -> result.windowEndMs() > 31_000).toList();
      assertThat(after)
          .as("windows on the new grid only")
          .allMatch(result -> result.windowEndMs() % other.slideMs() == 0)
          .allMatch(result -> result.windowEndMs() - result.windowStartMs() == other.sizeMs());
      assertThat(new HashSet<>(after)).as("each window once").hasSameSizeAs(after);
      assertThat(after.stream().filter(result -> result.windowEndMs() == 90_000))
          .singleElement()
          .extracting(LatencyWindow::count)
          .isEqualTo(other.sizeMs() / 1_000);
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
    }
  }

  static Stream<WindowSpec> otherWindows() {
    return Stream.of(
        window(10_000, 1_000), window(10_000, 2_000), window(6_000, 3_000), window(3_000, 500));
  }

  private static void feedEverySecond(
      KeyedRun<EndpointKey, ApiLatency, LatencyWindow> run, long fromSecond, long toSecond)
      throws Exception {
    for (long second = fromSecond; second < toSecond; second++) {
      run.add(request(second * 1_000), second * 1_000);
      run.watermark(second * 1_000 - 1);
    }
  }

  private static ApiLatency request(long timeMs) {
    return new ApiLatency("s", "/e", "GET", 200, 5, timeMs, null);
  }

  private static WindowSpec window(long sizeMs, long slideMs) {
    return new WindowSpec(Duration.ofMillis(sizeMs), Duration.ofMillis(slideMs));
  }
}
