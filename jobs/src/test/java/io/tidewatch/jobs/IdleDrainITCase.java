package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.SharedStack;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The topic has been silent for so long that its partitions count as idle; then the job is drained.
 */
@ExtendWith(SharedStack.class)
class IdleDrainITCase {
  private static final int RECORDS = 400;
  private static final long IDLE_MS = 3_000;
  private final long startMs = System.currentTimeMillis() - RECORDS * 100L;

  @Test
  void windowsThatAreOpenFireWhenAnIdleJobIsDrained(EmbeddedStack stack) throws Exception {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    List<ApiLatency> input = IntStream.range(0, RECORDS).mapToObj(this::request).toList();
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            LatencyJob::build,
            JobUnderTest.shipped("rules/latency.yaml"),
            """
            window: {size: PT10S, slide: PT1S}
            event_time: {idle_after: PT3S}""",
            input.stream().map(codec::encode).toList());
    job.awaitRead(RECORDS);
    await("all partitions are idle")
        .atMost(Duration.ofMinutes(1))
        .until(() -> InProcessMetrics.sum(job.id(), "accumulatedIdleTimeMs") > IDLE_MS);

    job.drain();

    RecomputedWindows.assertLatency(
        StoredWindows.latency(job),
        input,
        new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1)));
    assertThat(job.late()).isEmpty();
  }

  private ApiLatency request(int i) {
    return new ApiLatency("shop", "/e" + i % 5, "GET", 200, 10.0 + i % 7, startMs + i * 100L, null);
  }
}
