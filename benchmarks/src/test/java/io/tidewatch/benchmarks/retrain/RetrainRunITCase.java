package io.tidewatch.benchmarks.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.benchmarks.ChildProcess;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The topology of the job with its trainings, on each state backend, in a process of its own. */
class RetrainRunITCase {

  @ParameterizedTest
  @CsvSource({"DEVICE, hashmap", "FLEET, rocksdb"})
  void eachRowIsMeasuredAndModelsAreTrainedMeanwhile(ModelScope scope, String backend)
      throws Exception {
    RetrainSpec spec = new RetrainSpec(scope, backend, true, 5, 500, 250, 1, 2);

    RetrainResult result =
        new ChildProcess("512m")
            .run(
                RetrainRun.class,
                folder -> new RetrainOrder(spec, folder.toString()),
                RetrainResult.class,
                Duration.ofMinutes(3));

    assertThat(result.rows()).isGreaterThanOrEqualTo(1_000);
    assertThat(result.trained()).isBetween(3L, 6L);
    assertThat(result.p50Ms()).isPositive().isLessThanOrEqualTo(result.p99Ms());
    assertThat(result.workP99Ms()).isPositive().isLessThanOrEqualTo(result.workMaxMs());
    assertThat(result.stolen()).isBetween(0.0, 1.0);
    assertThat(result.maxMs()).isGreaterThanOrEqualTo(result.p999Ms());
  }
}
