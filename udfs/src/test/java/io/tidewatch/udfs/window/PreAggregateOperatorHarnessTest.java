package io.tidewatch.udfs.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.udfs.KeyedRun;
import io.tidewatch.udfs.window.Arrivals.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both phases together, since neither says anything alone. */
class PreAggregateOperatorHarnessTest {
  private static final int PLENTY = Subject.PLENTY;
  private static final WindowSpec FIVE_BY_ONE = window(5_000, 1_000);

  private final Subject<EndpointKey, ApiLatency, LatencyWindow> latency =
      Subject.latency(FIVE_BY_ONE);

  @Test
  void sendsOnePartialAKeyAndPaneWhenTheWatermarkClosesIt() throws Exception {
    try (var run = latency.phases().two(1, PLENTY)) {
      run.add(0, request("/a", 10_100), 10_100);
      run.add(0, request("/a", 10_900), 10_900);
      run.add(0, request("/b", 10_500), 10_500);
      run.add(0, request("/a", 11_500), 11_500);
      run.watermark(10_998);
      assertThat(run.windows().stateEntries()).as("all records wait").isZero();

      run.watermark(10_999);
      assertThat(run.counter("tidewatch.partials_total")).isEqualTo(2);
      assertThat(run.windows().results())
          .extracting(LatencyWindow::endpoint, LatencyWindow::count)
          .containsExactlyInAnyOrder(tuple("/a", 2L), tuple("/b", 1L));
      assertThat(run.counter("tidewatch.pre_aggregated_total")).isEqualTo(4);
      assertThat(run.counter("tidewatch.passed_total")).isZero();
    }
  }

  @Test
  void sendsAllWhenTheBufferIsFull() throws Exception {
    try (var run = latency.phases().two(1, 3)) {
      run.add(0, request("/a", 10_100), 10_100);
      run.add(0, request("/a", 10_200), 10_200);
      run.add(0, request("/b", 10_300), 10_300);
      assertThat(run.counter("tidewatch.partials_total")).isZero();
      run.add(0, request("/c", 10_400), 10_400);
      assertThat(run.counter("tidewatch.partials_total")).isEqualTo(3);
      assertThat(run.windows().stateEntries()).isEqualTo(3);
    }
  }

  @Test
  void holdsNothingBackBehindABarrier() throws Exception {
    try (var run = latency.phases().two(2, PLENTY)) {
      run.add(0, request("/a", 10_100), 10_100);
      run.add(1, request("/a", 10_200), 10_200);
      run.restart(3);
      assertThat(run.windows().stateEntries()).isEqualTo(1);
      run.watermark(60_000);
      assertThat(run.windows().results()).hasSize(5).allMatch(result -> result.count() == 2);
    }
  }

  @Test
  void holdsNothingBackWhileTheSourceIsIdle() throws Exception {
    try (var run = latency.phases().two(2, PLENTY)) {
      run.add(0, request("/a", 10_100), 10_100);
      run.idle(0);
      run.watermark(1, 10_999);
      assertThat(run.windows().results()).hasSize(1);
    }
  }

  @Test
  void lateRecordsReachTheLateOutputAsTheyAre() throws Exception {
    try (var run = latency.phases().two(1, PLENTY)) {
      run.watermark(10_999);
      run.add(0, request("/a", 10_100), 10_100);
      run.restart(1);
      run.add(0, request("/a", 10_200), 10_200);
      run.watermark(60_000);
      assertThat(run.windows().side(latency.lateTag()))
          .containsExactly(request("/a", 10_100), request("/a", 10_200));
      assertThat(run.windows().results()).isEmpty();
    }
  }

  @Test
  void afterAPauseRecordsPassUntilARestart() throws Exception {
    try (var run = latency.phases().two(2, PLENTY)) {
      run.watermark(10_000);
      run.idle(0);
      run.watermark(1, 20_000);
      run.active(0);
      run.add(0, request("/a", 12_000), 12_000);
      run.add(0, request("/a", 21_000), 21_000);
      assertThat(run.windows().side(latency.lateTag()))
          .as("open for this source, closed for the windows")
          .containsExactly(request("/a", 12_000));
      assertThat(run.counter("tidewatch.passed_total")).isEqualTo(2);

      run.restart(2);
      run.add(0, request("/a", 21_100), 21_100);
      assertThat(run.counter("tidewatch.pre_aggregated_total")).isEqualTo(1);
      assertThat(run.windows().counter("tidewatch.late_partials_total")).isZero();
    }
  }

  @Test
  void recordsThatEndAPauseComeBeforeTheSourceIsActiveAndPass() throws Exception {
    try (var run = latency.phases().two(2, PLENTY)) {
      run.watermark(10_000);
      run.idle(0);
      run.watermark(1, 20_000);
      run.add(0, request("/a", 12_000), 12_000);
      run.active(0);
      run.watermark(60_000);
      assertThat(run.windows().side(latency.lateTag())).containsExactly(request("/a", 12_000));
      assertThat(run.windows().counter("tidewatch.late_partials_total")).isZero();
    }
  }

  @Test
  void theOnlySourceAddsUpAfterAPauseToo() throws Exception {
    try (var run = latency.phases().two(1, PLENTY)) {
      run.watermark(10_000);
      run.idle(0);
      run.active(0);
      run.add(0, request("/a", 12_000), 12_000);
      assertThat(run.counter("tidewatch.pre_aggregated_total")).isEqualTo(1);
    }
  }

  @Test
  void stepsAsideWhereKeysDoNotRepeat() throws Exception {
    try (var run = latency.phases().two(1, 2_000)) {
      for (int i = 0; i < 10_000; i++) {
        run.add(0, request("/" + i, 10_500), 10_500);
      }
      assertThat(run.counter("tidewatch.pre_aggregated_total")).isEqualTo(2_000);
      assertThat(run.counter("tidewatch.passed_total")).isEqualTo(8_000);
      run.watermark(10_999);
      assertThat(run.windows().results()).hasSize(10_000);
    }
  }

  @Test
  void staysWhereTheyDo() throws Exception {
    try (var run = latency.phases().two(1, 2_000)) {
      for (int i = 0; i < 10_000; i++) {
        for (int repeated = 0; repeated < 3; repeated++) {
          run.add(0, request("/" + i % 2_500, 10_500), 10_500);
        }
      }
      assertThat(run.counter("tidewatch.passed_total")).isZero();
    }
  }

  static Stream<Arguments> streams() {
    return Stream.of(window(5_000, 1_000), window(70, 7))
        .flatMap(
            window ->
                LongStream.range(0, 6)
                    .boxed()
                    .flatMap(
                        seed ->
                            Stream.of(
                                Arguments.of(Subject.features(window), seed),
                                Arguments.of(Subject.points(window), seed),
                                Arguments.of(Subject.latency(window), seed))));
  }

  /**
   * What happens to a job.
   *
   * @param subtask of the source; for a restart, the parallelism of the windows after it
   */
  private record Step(Kind kind, int subtask, Arrival arrival, long ms) {}

  private enum Kind {
    RECORD,
    WATERMARK,
    IDLE,
    ACTIVE,
    BARRIER,
    RESTART
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("streams")
  <K, I, R> void givesTheSameBitsInOneAndTwoPhasesWithAndWithoutBuffers(
      Subject<K, I, R> subject, long seed) throws Exception {
    Duration lateness = Duration.ofMillis(seed % 2 * 2 * subject.window().slideMs());
    List<Step> steps = steps(subject.window(), seed);
    Outcome<K, I, R> direct = onePhase(subject, steps, 0, lateness);
    assertThat(direct.results).isNotEmpty();
    assertThat(onePhase(subject, steps, 3, lateness)).isEqualTo(direct);
    assertThat(onePhase(subject, steps, PLENTY, lateness)).isEqualTo(direct);
    int maxBuffered = new int[] {0, 3, PLENTY}[(int) (seed % 3)];
    for (int maxPartials : new int[] {3, PLENTY}) {
      assertThat(twoPhases(subject, subject.phases(), steps, maxPartials, maxBuffered, lateness))
          .isEqualTo(direct);
    }
  }

  /** Everything that leaves the windows. */
  private record Outcome<K, I, R>(Map<K, List<R>> results, Map<K, List<I>> late) {}

  private static <K, I, R> Outcome<K, I, R> onePhase(
      Subject<K, I, R> subject, List<Step> steps, int maxBuffered, Duration lateness)
      throws Exception {
    PaneWindowOperator<K, I, I, ?, R> operator = subject.phases().one(maxBuffered, lateness);
    try (KeyedRun<K, I, R> run = new KeyedRun<>(operator, subject.key(), subject.keyType())) {
      Channels channels = new Channels(2);
      for (Step step : steps) {
        switch (step.kind) {
          case RECORD -> run.add(subject.record().apply(step.arrival), step.arrival.timeMs());
          case WATERMARK -> channels.watermark(step.subtask, step.ms);
          case IDLE -> channels.active(step.subtask, false);
          case ACTIVE -> channels.active(step.subtask, true);
          case BARRIER -> run.barrier();
          case RESTART -> {
            run.restart(operator, step.subtask);
            channels = new Channels(2);
          }
        }
        if (channels.advance()) {
          run.watermark(channels.combinedMs());
        }
      }
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
      return outcome(subject, run.results(), run.side(subject.lateTag()));
    }
  }

  private static <K, I, A, R> Outcome<K, I, R> twoPhases(
      Subject<K, I, R> subject,
      Subject.Phases<K, I, A, R> phases,
      List<Step> steps,
      int maxPartials,
      int maxBuffered,
      Duration lateness)
      throws Exception {
    try (TwoPhaseRun<K, I, A, R> run = phases.two(2, maxPartials, maxBuffered, lateness)) {
      for (Step step : steps) {
        switch (step.kind) {
          case RECORD ->
              run.add(step.subtask, subject.record().apply(step.arrival), step.arrival.timeMs());
          case WATERMARK -> run.watermark(step.subtask, step.ms);
          case IDLE -> run.idle(step.subtask);
          case ACTIVE -> run.active(step.subtask);
          case BARRIER -> run.barrier();
          case RESTART -> run.restart(2, step.subtask);
        }
      }
      assertThat(run.windows().stateEntries()).isZero();
      assertThat(run.windows().timers()).isZero();
      assertThat(run.windows().counter("tidewatch.late_partials_total")).isZero();
      assertThat(run.counter("tidewatch.pre_aggregated_total"))
          .as("some records are added up")
          .isGreaterThan(run.counter("tidewatch.partials_total"));
      return outcome(subject, run.windows().results(), run.windows().side(subject.lateTag()));
    }
  }

  /**
   * Two sources with disorder, watermarks of their own, pauses, checkpoints, restarts; then the
   * end.
   */
  private static List<Step> steps(WindowSpec window, long seed) {
    Random random = new Random(seed);
    List<Arrival> arrivals = Arrivals.of(seed, window);
    long[] newestMs = {Long.MIN_VALUE, Long.MIN_VALUE};
    long[] watermarksMs = {Long.MIN_VALUE, Long.MIN_VALUE};
    boolean[] idle = {false, false};
    long clockMs = Long.MIN_VALUE;
    List<Step> steps = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      clockMs = Math.max(clockMs, arrival.timeMs());
      int subtask = random.nextInt(2);
      if (idle[subtask] && random.nextInt(10) > 0) {
        subtask = 1 - subtask;
      }
      newestMs[subtask] = Math.max(newestMs[subtask], arrival.timeMs());
      steps.add(new Step(Kind.RECORD, subtask, arrival, 0));
      if (idle[subtask] && random.nextBoolean()) { // Flink says so a while after the first record
        idle[subtask] = false;
        steps.add(new Step(Kind.ACTIVE, subtask, arrival, clockMs));
      }
      if (random.nextInt(6) == 0) {
        long ms = Math.max(watermarksMs[subtask], newestMs[subtask] - window.slideMs() / 2);
        watermarksMs[subtask] = ms;
        steps.add(new Step(Kind.WATERMARK, subtask, arrival, ms));
      }
      if (random.nextInt(40) == 0 && !idle[1 - subtask]) {
        idle[1 - subtask] = true;
        steps.add(new Step(Kind.IDLE, 1 - subtask, arrival, 0));
      }
      if (random.nextInt(30) == 0) {
        steps.add(new Step(Kind.BARRIER, 0, arrival, 0));
      }
      if (random.nextInt(150) == 0) {
        steps.add(new Step(Kind.RESTART, 1 + random.nextInt(3), arrival, 0));
        idle = new boolean[] {false, false};
      }
    }
    Arrival last = arrivals.get(arrivals.size() - 1);
    for (int subtask = 0; subtask < 2; subtask++) {
      steps.add(new Step(Kind.ACTIVE, subtask, last, clockMs));
      steps.add(new Step(Kind.WATERMARK, subtask, last, clockMs + 10 * window.sizeMs()));
    }
    return steps;
  }

  private static <K, I, R> Outcome<K, I, R> outcome(
      Subject<K, I, R> subject, List<R> results, List<I> late) throws Exception {
    Map<K, List<R>> byKey = results.stream().collect(Collectors.groupingBy(subject.keyOfResult()));
    Map<K, List<I>> lateByKey = new HashMap<>();
    for (I each : late) {
      lateByKey.computeIfAbsent(subject.key().getKey(each), key -> new ArrayList<>()).add(each);
    }
    return new Outcome<>(byKey, lateByKey);
  }

  private static ApiLatency request(String endpoint, long timeMs) {
    return new ApiLatency("s", endpoint, "GET", 200, 5, timeMs, null);
  }

  private static WindowSpec window(long sizeMs, long slideMs) {
    return new WindowSpec(Duration.ofMillis(sizeMs), Duration.ofMillis(slideMs));
  }
}
