package io.tidewatch.jobs.savepoint;

import io.tidewatch.jobs.JobUnderTest;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.event.ApiLatency;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.JobID;

/**
 * Ten requests a second to three endpoints, and behind the savepoint to a fourth, which is one too
 * many. When the savepoint is written, one endpoint is known to fail, another one has failed for a
 * while.
 */
final class LatencyInput implements SeededInput {
  private static final int A_SECOND = 10;

  /** The endpoint that is one too many. */
  static final String FOURTH = "/d";

  @Override
  public String job() {
    return "latency";
  }

  @Override
  public JobUnderTest.Builder builder() {
    return LatencyJob::build;
  }

  @Override
  public int secondsBefore() {
    return 40;
  }

  List<ApiLatency> records(int fromSecond, int seconds) {
    List<ApiLatency> records = new ArrayList<>();
    for (int second = fromSecond; second < fromSecond + seconds; second++) {
      Random random = new Random(second);
      for (int i = 0; i < A_SECOND; i++) {
        String endpoint = endpoint(second, i);
        double durationMs = Math.exp(3 + random.nextGaussian());
        long timeMs = START_MS + second * 1_000L + i * 100L + 50;
        records.add(
            new ApiLatency(
                "shop", endpoint, "GET", status(endpoint, second), durationMs, timeMs, null));
      }
    }
    return records;
  }

  /** A request that comes behind all others of before the savepoint, and then is late. */
  ApiLatency late() {
    return new ApiLatency("shop", "/a", "GET", 200, 7, START_MS + 5_025, null);
  }

  private String endpoint(int second, int i) {
    if (second >= secondsBefore() && i % 5 == 0) {
      return FOURTH;
    }
    return List.of("/a", "/b", "/c").get(i % 3);
  }

  private static int status(String endpoint, int second) {
    boolean fails =
        (endpoint.equals("/b") && second >= 10 && second < 50)
            || (endpoint.equals("/c") && second >= 25 && second < 75);
    return fails ? 503 : 200;
  }

  @Override
  public void write(FixtureSpace space, int fromSecond, int seconds) {
    write(space, records(fromSecond, seconds));
  }

  void write(FixtureSpace space, List<ApiLatency> records) {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    space.write("input", records.stream().map(codec::encode).toList());
  }

  @Override
  public void awaitRead(FixtureSpace space, JobID job, int seconds) {
    space.awaitRead(job, seconds * A_SECOND);
  }

  @Override
  public void awaitTold(FixtureSpace space) {
    space.awaitWindow("api_latency_windows", SeededInput.toldMs(secondsBefore()) / 1_000 * 1_000);
  }
}
