package io.tidewatch.benchmarks.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WavesTest {
  private static final int WARM_UP = 7;
  private static final int KEYS = 103;

  private final Waves once = new Waves(WARM_UP, KEYS, Waves.ONCE, 30, 60);
  private final Waves steady = new Waves(WARM_UP, KEYS, 3, 12, 10);

  @Test
  void eachKeyOfAWaveComesOnceAndInNoOtherWave() {
    List<Integer> keys = new ArrayList<>();
    for (long second = 0; second < once.begin(4); second++) {
      for (int i = 0; i < once.records(second); i++) {
        keys.add(once.key(second, i));
      }
    }

    assertThat(keys).doesNotHaveDuplicates().hasSize(WARM_UP + 3 * KEYS);
  }

  @Test
  void steadyKeysHaveTheirRateInEachActiveSecond() {
    Map<Integer, Integer> records = new HashMap<>();
    long second = steady.begin(2) + 5;
    for (int i = 0; i < steady.records(second); i++) {
      records.merge(steady.key(second, i), 1, Integer::sum);
    }

    assertThat(records).hasSize(KEYS);
    assertThat(Set.copyOf(records.values())).containsExactly(3);
    assertThat(records.keySet()).allMatch(key -> key >= WARM_UP + KEYS && key < WARM_UP + 2 * KEYS);
  }

  @Test
  void aWaveEndsWhenTheWatermarkHasPassedAllItsWindows() {
    for (Waves waves : List.of(once, steady)) {
      long end = waves.begin(2);
      long lastMs = Workload.startMs(waves.full(1)) - 1;
      assertThat(waves.watermarkMs(end - 1)).isGreaterThan(lastMs + 1_000L * waves.windowSeconds());
      assertThat(IntStream.range((int) waves.full(1), (int) end))
          .allMatch(second -> waves.records(second) == 0);
      assertThat(end % waves.windowSeconds()).as("begins with a window").isZero();
    }
  }

  @Test
  void timesAscendAndNoRecordIsLate() {
    long watermarkMs = Long.MIN_VALUE;
    for (long second = once.begin(1); second < once.full(1); second++) {
      long beforeMs = Workload.startMs(second);
      for (int i = 0; i < once.records(second); i++) {
        assertThat(once.timeMs(second, i)).isGreaterThanOrEqualTo(beforeMs);
        beforeMs = once.timeMs(second, i);
      }
      assertThat(beforeMs).isGreaterThan(watermarkMs).isLessThan(Workload.startMs(second + 1));
      watermarkMs = once.watermarkMs(second);
    }
  }
}
