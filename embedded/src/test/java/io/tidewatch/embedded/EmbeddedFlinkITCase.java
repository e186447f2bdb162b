package io.tidewatch.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFlinkITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long WITHOUT_END = Long.MAX_VALUE;

  @TempDir Path dir;
  private EmbeddedFlink flink;

  @BeforeEach
  void start() {
    var overrides = new Configuration();
    overrides.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    overrides.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    overrides.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    flink = EmbeddedFlink.start(dir, 2, overrides);
  }

  @AfterEach
  void close() {
    flink.close();
    Leftovers.assertNobodyListens(URI.create(flink.webUrl()).getAuthority());
  }

  @Test
  void countsWhatABoundedJobDidAfterItHasEnded() throws Exception {
    var job = flink.submit(counting(100, flink.configuration(), -1));

    assertThat(flink.awaitEnd(job, PATIENCE)).isEqualTo(JobStatus.FINISHED);
    assertThat(InProcessMetrics.sum(job, "tidewatch.seen_total")).isEqualTo(100);
    assertThat(InProcessMetrics.sum(job, "count", "numRecordsIn")).isEqualTo(100);
    assertThat(InProcessMetrics.sum("tidewatch.seen_total")).isEqualTo(100);
    assertThat(InProcessMetrics.sum("seen_twice_total")).isZero();
    assertThat(flink.restarts(job)).isZero();
    assertThat(flink.failureCause(job)).isEmpty();
  }

  @Test
  void showsTheJobInTheWebUi() throws Exception {
    var job = flink.submit(counting(WITHOUT_END, flink.configuration(), -1));
    flink.awaitRunning(job, PATIENCE);

    assertThat(get("/")).contains("Apache Flink Web Dashboard");
    assertThat(get("/jobs")).contains(job.toString());
    flink.cancel(job);
    assertThat(flink.status(job)).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  void stopsWithADrainAndResumesFromTheSavepoint() {
    var job = flink.submit(counting(WITHOUT_END, flink.configuration(), -1));
    flink.awaitRunning(job, PATIENCE);
    assertThat(flink.triggerSavepoint(job, PATIENCE))
        .contains(dir.resolve("savepoints").toString());
    String savepoint = flink.stopWithDrain(job, PATIENCE);
    assertThat(flink.status(job)).isEqualTo(JobStatus.FINISHED);

    var resumed = flink.configuration();
    resumed.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    var next = flink.submit(counting(WITHOUT_END, resumed, -1));
    flink.awaitRunning(next, PATIENCE);
    flink.cancel(next);
  }

  @Test
  void tellsHowOftenAndOfWhatAJobFailed() {
    var job = flink.submit(counting(WITHOUT_END, flink.configuration(), 5));

    assertThat(flink.awaitEnd(job, PATIENCE)).isEqualTo(JobStatus.FAILED);
    assertThat(flink.restarts(job)).isEqualTo(5);
    assertThat(flink.failureCause(job).orElseThrow()).hasRootCauseMessage("refused 5");
  }

  @Test
  void runsTheJobAgainOnAFreshTaskManager() {
    var job = flink.submit(counting(WITHOUT_END, flink.configuration(), -1));
    for (int loss = 1; loss <= 2; loss++) {
      flink.awaitRunning(job, PATIENCE);
      flink.replaceTaskManager();
      flink.awaitRestarts(job, loss, PATIENCE);
    }
    flink.awaitRunning(job, PATIENCE);
    assertThat(flink.failureCause(job)).isPresent();
    flink.cancel(job);
  }

  private static StreamExecutionEnvironment counting(
      long records, Configuration configuration, long refused) {
    var env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(2);
    env.fromSource(
            new DataGeneratorSource<>(
                index -> index,
                records,
                RateLimiterStrategy.perSecond(10_000),
                org.apache.flink.api.common.typeinfo.Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .map(new Counting(refused))
        .uid("count")
        .name("count")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    return env;
  }

  private String get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(flink.webUrl() + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static final class Counting extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final long refused;
    private transient Counter seen;

    Counting(long refused) {
      this.refused = refused;
    }

    @Override
    public void open(OpenContext context) {
      seen = getRuntimeContext().getMetricGroup().addGroup("tidewatch").counter("seen_total");
    }

    @Override
    public Long map(Long value) {
      if (value == refused) {
        throw new IllegalArgumentException("refused " + value);
      }
      seen.inc();
      return value;
    }
  }
}
