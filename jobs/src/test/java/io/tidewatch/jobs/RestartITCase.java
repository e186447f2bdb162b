package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.SharedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The TaskManager is lost in the middle of the stream, with windows open and rows written. */
@ExtendWith(SharedStack.class)
class RestartITCase {
  private static final int HALF = 3000;
  private final long startMs = System.currentTimeMillis() - 2 * HALF * 100L;

  @Test
  void losesAndRepeatsNothingWhenTheTaskManagerIsLost(EmbeddedStack stack) throws Exception {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    List<ApiLatency> input = requests();
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            LatencyJob::build,
            JobUnderTest.shipped("rules/latency.yaml"),
            "window: {size: PT10S, slide: PT1S}",
            input.subList(0, HALF).stream().map(codec::encode).toList());
    job.awaitRead(HALF);
    // Rows are there: after the restart from the last checkpoint some are written again.
    await("rows")
        .atMost(Duration.ofMinutes(1))
        .until(() -> job.newestWindowEndMs("api_latency_windows") > 0);

    stack.flink().replaceTaskManager();
    stack.flink().awaitRestarts(job.id(), 1, Duration.ofMinutes(1));
    stack.flink().awaitRunning(job.id(), Duration.ofMinutes(1));
    job.write(input.subList(HALF, 2 * HALF).stream().map(codec::encode).toList());
    // The newest end is at most a slide before the watermark, which is 5 s behind the last record
    // of the partition that has the last but one.
    await("all read and written")
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                job.newestWindowEndMs("api_latency_windows")
                    >= input.get(2 * HALF - 2).eventTimeMs() - 6_000);
    job.drain();

    assertThat(job.late()).isEmpty();
    RecomputedWindows.assertLatency(
        StoredWindows.latency(job),
        input,
        new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1)));
  }

  private List<ApiLatency> requests() {
    Random random = new Random(11);
    List<ApiLatency> requests = new ArrayList<>();
    for (int i = 0; i < 2 * HALF; i++) {
      requests.add(
          new ApiLatency(
              "shop",
              "/e" + random.nextInt(5),
              "GET",
              random.nextInt(20) == 0 ? 500 : 200,
              Math.exp(3 + random.nextGaussian()),
              startMs + i * 100L,
              null));
    }
    return requests;
  }
}
