package io.tidewatch.benchmarks.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.variant.Setting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The windows of the jobs on each state backend, in a process of its own. */
class KeysRunITCase {
  private static final int KEYS = 500;

  @ParameterizedTest
  @CsvSource({Setting.DISK + ", LATENCY", Setting.DISK + ", FEATURES", Setting.HEAP + ", LATENCY"})
  void countsWhatLivesAndFindsNothingAfterAWave(String backend, WindowKind kind) throws Exception {
    KeysSpec spec = new KeysSpec(kind, backend, 60, 20, KEYS, Waves.ONCE, 2, true);

    KeysResult result =
        new ChildProcess("256m")
            .run(
                KeysRun.class,
                folder -> new KeysOrder(spec, 1, folder.toString()),
                KeysResult.class,
                Duration.ofMinutes(3));

    assertThat(result.moments())
        .extracting(Moment::name)
        .containsExactly("base", "wave 1", "after 1", "wave 2", "after 2");
    assertThat(result.full().census().keys()).isEqualTo(KEYS);
    assertThat(result.full().census().timers()).isEqualTo(KEYS);
    assertThat(result.full().census().paneBytes()).isGreaterThan(50L * KEYS);
    assertThat(result.base().entries()).isZero();
    assertThat(result.drained()).hasSize(2).allMatch(moment -> moment.entries() == 0);
    assertThat(result.moments().get(4).windows()).isEqualTo(spec.windowsDue());
    assertThat(KeysGoal.of(List.of(result)))
        .filteredOn(goal -> !goal.text().contains("heap"))
        .allMatch(KeysGoal::reached);
  }
}
