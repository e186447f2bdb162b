package io.tidewatch.udfs.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.udfs.window.Arrivals.Arrival;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many keys that come once: {@code tidewatch bench keys} in small. */
class SilentKeysHarnessTest {
  private static final int KEYS = 20_000;
  private static final long SIZE_MS = 60_000;
  private static final long SLIDE_MS = 20_000;
  private static final WindowSpec WINDOW =
      new WindowSpec(Duration.ofMillis(SIZE_MS), Duration.ofMillis(SLIDE_MS));

  static Stream<Subject<?, ?, ?>> subjects() {
    return Stream.of(Subject.latency(WINDOW), Subject.features(WINDOW), Subject.points(WINDOW));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <K, I, R> void nothingIsLeftOfTwentyThousandKeysAWindowAfterTheirLastRecord(
      Subject<K, I, R> subject) throws Exception {
    try (var run = subject.start()) {
      for (int wave = 0; wave < 2; wave++) {
        long beginMs = wave * (10 * SIZE_MS);
        for (int i = 0; i < KEYS; i++) {
          long timeMs = beginMs + i * SLIDE_MS / KEYS;
          Arrival arrival = new Arrival(wave * KEYS + i, timeMs, 0.5, Arrivals.NONE, false);
          run.add(subject.record().apply(arrival), timeMs);
        }
        run.barrier();
        assertThat(run.stateEntries()).isEqualTo(KEYS);
        assertThat(run.timers()).as("one a key").isEqualTo(KEYS);

        run.watermark(beginMs + SIZE_MS - 2);
        assertThat(run.stateEntries()).as("all are in a window to come").isEqualTo(KEYS);
        assertThat(run.timers()).isEqualTo(KEYS);

        run.watermark(beginMs + SIZE_MS - 1);
        assertThat(run.stateEntries()).as("the last window has fired").isZero();
        assertThat(run.timers()).isZero();
      }
      assertThat(run.counter("tidewatch.windows_total")).isEqualTo(SIZE_MS / SLIDE_MS * 2 * KEYS);
    }
  }
}
